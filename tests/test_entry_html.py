"""What a list says of one event, whole."""

import datetime as dt

import pytest

from timeline.models import DataSet
from timeline.pages.entry_dates import not_stated, stated_otherwise
from timeline.pages.entry_html import entry_html
from timeline.pages.entry_rows import CitationRow, EntryRows, EventRow, ParticipantRow

from .test_templatetags_formatting import event

DAY = dt.date(2022, 3, 24)
EVENT = EventRow(
    pk=1,
    public_id="abc",
    title="A & B",
    summary="",
    edtf="2022-03-24",
    date_as_stated="",
    start_earliest=DAY,
    start_latest=DAY,
    end_latest=DAY,
    first_reported_on=dt.date(2022, 3, 25),
    recorded_at=dt.datetime(2023, 1, 2, 23, 59, tzinfo=dt.UTC),
    actuality="occurred",
    country="",
    type="Statement",
    category="statement",
    place=None,
    conflict=None,
    data_set=None,
)
CITED = CitationRow(
    pk=1,
    event=1,
    public_id="xyz",
    quote="The ceasefire <holds>.",
    act="reports",
    support="supports",
    basis="first_hand",
    state="verified",
    turn_kind="",
    locator="",
    speaker="Speaker",
    earlier_text=None,
    briefing=1,
    slug="call",
    title="Call",
    kind="press_briefing",
    language="en",
    published_on=dt.date(2022, 3, 25),
    published_within="",
    url="",
    archive_url="",
    text_stored_at=None,
    origin=None,
    publisher=1,
    publisher_name="Ministry & Co",
    publisher_slug="ministry",
)
GLYPH = """<svg class="glyph cat-statement" viewBox="0 0 20 20" aria-hidden="true"><use href="#g-statement" width="20" height="20"/></svg>"""
DISPUTED = """<span class="state state--disputed"><svg class="icon" aria-hidden="true"><use href="#i-disputed"/></svg>denied</span>"""


def lines(html: str) -> list[str]:
    return [line for line in html.split("\n") if line]


def test_entry_with_a_matched_quote():
    minister = ParticipantRow(1, "Office <1>", "office", "State", "Minister", "mediator")

    assert lines(entry_html(EntryRows(EVENT._replace(place="Town", country="AM"), [minister], [CITED], None))) == [
        '<article class="entry" id="e-abc">',
        '<p class="entry__when">24 March 2022',
        "</p>",
        '<div class="entry__what">',
        GLYPH,
        '<h4 class="entry__title"><a href="/events/abc/">A &amp; B</a></h4>',
        '<p class="entry__kind">Statement &amp; appeal · Town, Armenia</p>',
        '<ul class="entry__actors">',
        "<li>Office &lt;1&gt;, Minister, State <i>mediator</i></li>",
        "</ul>",
        "</div>",
        '<div class="entry__evidence">',
        '<p class="lead-in"><b>Speaker</b> reports</p>',
        '<blockquote class="quote" lang="en" dir="auto">“The ceasefire &lt;holds&gt;.”</blockquote>',
        '<p class="attribution"><a href="/briefings/call/#q-xyz">Ministry &amp; Co, press briefing, 25 March 2022</a>',
        '<a href="/events/abc/#citations">1 citation</a></p>',
        '<p class="known"><span class="state state--verified"><svg class="icon" aria-hidden="true"><use href="#i-verified"/></svg>'
        "quote matched in our stored text</span><span>first-hand</span><span>1 source</span></p>",
        "</div>",
        "</article>",
    ]


def test_entry_that_no_source_supports():
    row = EVENT._replace(
        edtf="[..2022-03-24]",
        start_earliest=dt.date.min,
        date_as_stated="<then>",
        actuality="did_not_occur",
        has_later_sources=True,
    )
    missing = CITED._replace(
        act="denies",
        support="against",
        state="missing",
        turn_kind="question",
        speaker=None,
        published_on=None,
        locator="p. 4",
    )

    shown = lines(
        entry_html(EntryRows(row, [], [missing, missing], None), order="-recorded", heading="h1", anchor="card")
    )

    assert shown == [
        '<article class="entry" id="card-abc">',
        '<p class="entry__when">On or before 24 March 2022',
        "<small>as known today; later sources are not shown</small>",
        "<small>stated as <q>&lt;then&gt;</q></small>",
        "<small>known from 25 March 2022</small>",
        "<small>added here on 2 January 2023</small>",
        "</p>",
        '<div class="entry__what">',
        GLYPH,
        '<p><span class="actuality actuality--did_not_occur">Did not happen</span></p>',
        '<h1 class="entry__title"><a href="/events/abc/">A &amp; B</a></h1>',
        '<p class="entry__kind">Statement &amp; appeal</p>',
        '<ul class="entry__actors">',
        "<li>No participants named in the source</li>",
        "</ul>",
        "</div>",
        '<div class="entry__evidence">',
        '<p class="lead-in"><b>A questioner</b> denies, in a question</p>',
        '<blockquote class="quote" lang="en" dir="auto">“The ceasefire &lt;holds&gt;.”</blockquote>',
        '<p class="attribution"><a href="/briefings/call/#q-xyz">Ministry &amp; Co, press briefing, day not known, p. 4</a> ',
        '<span class="state state--missing"><svg class="icon" aria-hidden="true"><use href="#i-missing"/></svg>missing from the text</span>',
        '<a href="/events/abc/#citations">2 citations</a></p>',
        f'<p class="known"><span>No source supports it</span>{DISPUTED}<span>no source asserts it</span></p>',
        '<p class="known__weak">Under review: no source here supports this under the codebook’s rules.</p>',
        "</div>",
        "</article>",
    ]


@pytest.mark.parametrize(
    ("slug", "data_set", "says"),
    [
        ("call", None, "Source listed by a data set: Ministry &amp; Co, March 2022"),
        ("call", "ged", "Source listed by GED &amp; more: Ministry &amp; Co, March 2022"),
        ("ged", "ged", "In the record of GED &amp; more"),
    ],
)
def test_entry_of_a_listed_source(slug, data_set, says):
    listed = CITED._replace(
        slug=slug, kind="data_record", state="no_text", published_on=None, published_within="2022-03"
    )
    of_set = DataSet(slug=data_set, name="GED & more") if data_set else None

    shown = lines(entry_html(EntryRows(EVENT._replace(edtf="2022-03"), [], [listed], of_set), order="-published"))

    assert shown[1:4] == [
        '<p class="entry__when">March 2022',
        f"<small>day not {'recorded' if data_set else 'stated'}</small>",
        "<small>first reported by 25 March 2022</small>",
    ]
    assert shown[13:-2] == [
        '<div class="entry__evidence">',
        f'<p class="lead-in"><a href="/briefings/{slug}/#q-xyz">{says}</a></p>',
        '<p class="listed" lang="en" dir="auto">The ceasefire &lt;holds&gt;.</p>',
        '<p class="attribution">',
        '<a href="/events/abc/#citations">1 source listed</a></p>',
        f'<p class="known"><span>Recorded by {"GED &amp; more" if data_set else "a data set"}</span><span>first-hand</span><span>1 source</span></p>',
    ]


def test_entry_of_words_of_an_earlier_text():
    shown = entry_html(EntryRows(EVENT, [], [CITED._replace(earlier_text="0" * 64)], None))

    assert f'href="/briefings/call/texts/{"0" * 64}/#q-xyz"' in shown
    assert "in an earlier text; words no longer in the source’s current text" in shown


@pytest.mark.parametrize(
    ("edtf", "missing"),
    [
        ("2020-11", "day"),
        ("2020-11~", "day"),
        ("2020", "month"),
        ("2022-03-24", ""),
        ("[2022-03-21,2022-03-22]", ""),
        ("2020-11/..", ""),
    ],
)
def test_not_stated_names_what_the_date_leaves_open(edtf, missing):
    assert not_stated(event(edtf)) == missing


@pytest.mark.parametrize(
    ("edtf", "stated", "shown"),
    [
        ("2022-03-24", "on March 24th", False),
        ("2022-03-24", "24 march 2022", False),
        ("2022-03-24", "Yesterday", True),
        ("[2022-03-21,2022-03-22]", "March 21st and 22nd", True),
        ("2020-11", "November 2020", False),
        ("[..2022-03-25]", "for weeks", True),
        ("2022-03-24", "", False),
    ],
)
def test_stated_otherwise_tells_words_that_say_something_else(edtf, stated, shown):
    assert stated_otherwise(event(edtf, stated)) is shown
