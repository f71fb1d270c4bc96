"""One event of a list as HTML: when | what | who says so. Written here and not by a template: a page has fifty, which took a template
ten times as long."""

from html import escape

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from timeline.absolute_urls import page_path
from timeline.evidence.axes import UNSUPPORTED, Assertion, Contest, Form, HowKnown
from timeline.evidence.choices import BROKEN_STATES, Act
from timeline.evidence.support import Actuality
from timeline.models import DataSet
from timeline.models.briefing import BriefingKind
from timeline.models.participation import Role
from timeline.models.place import country_name
from timeline.models.taxonomy import Category
from timeline.text.written_html import glyph_svg, unseen_shown, written_html

from .entry_dates import not_stated, stated_otherwise
from .entry_rows import CitationRow, EntryRows, ParticipantRow

_ACTS, _ROLES, _KINDS, _CATEGORIES, _ACTUALITIES = (
    dict(choices.choices) for choices in (Act, Role, BriefingKind, Category, Actuality)
)
LATER = "<small>as known today; later sources are not shown</small>"
NOBODY = "<li>No participants named in the source</li>"


def entry_html(entry: EntryRows, order: str = "", heading: str = "h4", anchor: str = "e") -> SafeString:
    """Return the entry. `order`: of the list, which may be about a day that is shown; `anchor`: the beginning of its id."""
    event, address = entry.event, page_path("event-detail", entry.event.public_id)
    return written_html(f"""<article class="entry" id="{anchor}-{event.public_id}">
{_when(entry, order)}
<div class="entry__what">
{glyph_svg(event.category)}
{_actuality(event.actuality)}
<{heading} class="entry__title"><a href="{address}">{escape(event.title)}</a></{heading}>
<p class="entry__kind">{escape(_kind(entry))}</p>
<ul class="entry__actors">
{"".join(map(_participant, entry.participants)) or NOBODY}
</ul>
</div>
<div class="entry__evidence">{_evidence(entry, address)}{_known_line(entry.known)}
</div>
</article>
""")


def _when(entry: EntryRows, order: str) -> str:
    event = entry.event
    lines = [f'<p class="entry__when">{escape(capfirst(event.date_display))}']
    if event.has_later_sources:
        lines.append(LATER)
    if stated_otherwise(event):
        lines.append(f"<small>stated as <q>{escape(event.date_as_stated)}</q></small>")
    elif missing := not_stated(event):
        lines.append(f"<small>{missing} not {'recorded' if entry.data_set else 'stated'}</small>")
    if not event.has_known_start and event.first_reported_on:
        lines.append(f"<small>known from {date_format(event.first_reported_on)}</small>")
    if order == "-recorded":
        lines.append(f"<small>added here on {date_format(timezone.localtime(event.recorded_at))}</small>")
    if order == "-published":
        reported = f"by {date_format(event.first_reported_on)}" if event.first_reported_on else "on an unknown day"
        lines.append(f"<small>first reported {reported}</small>")
    return "\n".join([*lines, "</p>"])


def _actuality(actuality: str) -> str:
    if actuality == Actuality.OCCURRED:
        return ""
    return f'<p><span class="actuality actuality--{actuality}">{_ACTUALITIES[actuality]}</span></p>'


def _kind(entry: EntryRows) -> str:
    event = entry.event
    words = str(_CATEGORIES[event.category])
    if event.place is None:
        return words
    return f"{words} · {event.place}, {country_name(event.country)}" if event.country else f"{words} · {event.place}"


def _participant(row: ParticipantRow) -> str:
    words = ", ".join(filter(None, (row.name, row.office, row.parent)))
    return f"<li>{escape(words)} <i>{_ROLES[row.role]}</i></li>\n"


def _evidence(entry: EntryRows, address: str) -> str:
    """Return the first of the event's citations, and how many there are; "" where there is none."""
    if not entry.citations:
        return ""
    citation, count = entry.citations[0], len(entry.citations)
    shown = _listed if citation.is_listed else _quoted
    several = "" if count == 1 else "s"
    counted = f"source{several} listed" if citation.is_listed else f"citation{several}"
    return f'{shown(citation, entry.data_set)}\n<a href="{address}#citations">{count} {counted}</a></p>\n'


def _listed(citation: CitationRow, data_set: DataSet | None) -> str:
    """Return a source that a data set lists, or the data set's own record."""
    source = f"{citation.publisher_name}, {citation.published_words or 'day not known'}"
    said = f"Source listed by {data_set or 'a data set'}: {source}"
    if data_set and citation.slug == data_set.slug:
        said = f"In the record of {data_set}"
    return f"""
<p class="lead-in"><a href="{_address(citation)}">{escape(said)}</a></p>
<p class="listed" lang="{escape(citation.language)}" dir="auto">{conditional_escape(unseen_shown(citation.quote))}</p>
<p class="attribution">"""


def _quoted(citation: CitationRow, data_set: DataSet | None) -> str:
    question = ", in a question" if citation.in_question else ""
    kind, day = str(_KINDS[citation.kind]).lower(), citation.published_words or "day not known"
    source = ", ".join(filter(None, (citation.publisher_name, kind, day, citation.locator)))
    return f"""
<p class="lead-in"><b>{escape(citation.said_by)}</b> {_ACTS[citation.act]}{question}</p>
<blockquote class="quote" lang="{escape(citation.language)}" dir="auto">“{conditional_escape(unseen_shown(citation.quote))}”</blockquote>
<p class="attribution"><a href="{_address(citation)}">{escape(source)}</a>{_state(citation)}"""


def _address(citation: CitationRow) -> str:
    """Return the address of the exact words, as Citation.get_absolute_url has it."""
    page = page_path("briefing-detail", citation.slug)
    if citation.earlier_text:
        page = reverse("briefing-text", args=[citation.slug, citation.earlier_text])
    return f"{page}#q-{citation.public_id}"


def _state(citation: CitationRow) -> str:
    """Return in words that a quote is not in the text of now, or in it more than once; "" of any other."""
    if citation.state not in BROKEN_STATES and not citation.earlier_text:
        return ""
    shown = {"briefing": citation, "state": citation.state, "earlier_text_id": citation.earlier_text}
    shown["is_asserted"] = citation.as_cited.is_counted
    return " " + render_to_string("timeline/_state.html", {"citation": shown, "alone": True})


def _known_line(known: HowKnown) -> str:
    """Return the axes in a line. An icon is shown only where a source asserts the event outside a question."""
    form = f"<span>{escape(capfirst(known.form_words))}</span>"
    if known.form == Form.QUOTE and known.is_asserted:
        form = _with_icon("verified", known.form_words)
    weak = "" if known.is_asserted else ' class="known__weak"'
    is_told = known.assertion not in (Assertion.NOT_TOLD, Assertion.NONE)
    assertion = f"<span{weak}>{known.assertion_words}</span>" if is_told else ""
    contest = "" if known.contest == Contest.NONE else _with_icon("disputed", known.contest_words)
    under_review = "" if known.is_supported else f'\n<p class="known__weak">{UNSUPPORTED}</p>'
    return f'\n<p class="known">{form}{assertion}{contest}<span>{known.source_words}</span></p>{under_review}'


def _with_icon(state: str, words: str) -> str:
    icon = f'<svg class="icon" aria-hidden="true"><use href="#i-{state}"/></svg>'
    return f'<span class="state state--{state}">{icon}{escape(words)}</span>'
