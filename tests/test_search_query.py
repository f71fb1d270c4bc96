import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.search_query import ALONE, BETWEEN, ONLY_EXCLUDED, parse


def spelled(query: str) -> list[list[tuple[str, ...]]]:
    """Return the spellings of each term in its group; those that must not occur after "-"."""
    return [
        [("-" if term.excludes else "", *term.spellings)[not term.excludes :] for term in group]
        for group in parse(query)
    ]


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ("", []),
        ("  ", []),
        ("truce", [[(" truce",)]]),
        ("Armenia  AZERBAIJAN Armenia", [[(" armenia",)], [(" azerbaijan",)]]),
        ("US U.S. war", [[(" us ",)], [(" us ",)], [(" war ",)]]),
        ("agreements", [[(" agreements", " agreement ")]]),
        ("cease-fire", [[(" ceasefire",)]]),
        ("cease fire now", [[(" ceasefire",)], [(" now ",)]]),
        ("truce -cease fire", [[(" truce",)], [("-", " cease")], [(" fire",)]]),
        ("air strike", [[(" air ",)], [(" strike",)]]),
        ("co-chair", [[(" co chair", " co chair ", " cochair")]]),
        ("Ukraine's O’Brien", [[(" ukraine",)], [(" obrien",)]]),
        ("Əliyev", [[(" aliyev", " eliyev")]]),
        ("停火", [[(" 停火",)]]),
        ('"Minsk Group" talk', [[(" minsk group ",)], [(" talk",)]]),
        ("“Minsk Group” „line of contact“ «Ağdam»", [[(" minsk group ",)], [(" line of contact ",)], [(" agdam ",)]]),
        ('mediation"Minsk Group"', [[(" mediation",)], [(" minsk group ",)]]),
        ('"long-term peace"', [[(" long term peace ", " longterm peace ")]]),
        ("call & call –", [[(" call",)]]),
        ("truce -war", [[(" truce",)], [("-", " war ")]]),
        ('truce -"Minsk Group"', [[(" truce",)], [("-", " minsk group ")]]),
        ("truce OR pact OR call Baku", [[(" truce",), (" pact",), (" call",)], [(" baku",)]]),
        ('truce OR "Minsk Group"', [[(" truce",), (" minsk group ",)]]),
        ("truce or pact", [[(" truce",)], [(" or ",)], [(" pact",)]]),
        ("x" * 200, [[(f" {'x' * 60}",)]]),
    ],
)
def test_query_is_read(query, groups):
    assert spelled(query) == groups


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("x" * 201, "Search for at most 200 characters; this has 201."),
        ("1 2 3 4 5 6 7 8 9 10 11", "Search for at most 10 words or phrases; this has 11."),
        (
            'talks "',
            "The last quotation mark begins no phrase: write “a phrase” after it and close it, or leave it out.",
        ),
        ('talks "Minsk Group', "The quotation mark before “Minsk Group” is not closed: close the phrase."),
        ("& … “–”", "There is nothing to search for: write at least one letter or digit."),
        ("truce -", ALONE),
        ("Armenia - Azerbaijan", ALONE),
        ("truce --war", ALONE),
        ("truce -&", ALONE),
        ('truce -"&"', ALONE),
        ("-war", ONLY_EXCLUDED),
        ('-war -"Minsk Group"', ONLY_EXCLUDED),
        ("OR", BETWEEN),
        ("OR truce", BETWEEN),
        ("truce OR", BETWEEN),
        ("truce OR OR pact", BETWEEN),
    ],
)
def test_malformed_query_is_refused_with_what_would_be_right(query, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(query)


@pytest.mark.parametrize("query", ["truce OR -war", "-war OR truce"])
def test_what_must_not_stand_there_is_no_choice(query):
    with pytest.raises(ValueError, match="cannot be a choice"):
        parse(query)


@given(st.text(max_size=200))
def test_any_query_is_read_or_refused(query):
    try:
        groups = parse(query)
    except ValueError:
        return
    assert all(len(group) == 1 for group in groups if any(term.excludes for term in group))
    assert all(spelling.strip() for group in groups for term in group for spelling in term.spellings)
