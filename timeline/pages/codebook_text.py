"""The codebook as Markdown: how events are coded, and what each type of event is."""

from collections.abc import Iterable, Iterator

from timeline.dates.points import WIDTH_OF_DAY, WIDTH_OF_MONTH, WIDTH_OF_YEAR
from timeline.evidence import codebook
from timeline.evidence.axes import Assertion, Basis, Contest, Form
from timeline.evidence.choices import Act
from timeline.evidence.support import Actuality, Claim, support_of
from timeline.models import EventType
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.taxonomy import Category

_CELLS = {"supports": "**supports**", "presupposes": "takes for granted", "against": "against", "nothing": "–"}
_ENTRY = ("include", "exclude", "boundary", "example", "counter_example")


def method_lines() -> Iterator[str]:
    """Yield the rules by which events are coded, from headings of the second level on. No query."""
    for part in (_rules, _acts_and_roles, _support, _axes, _dates):
        yield from part()


def _rules() -> Iterator[str]:
    yield "## What one event is\n"
    yield f"{codebook.COUNTING_RULE}\n"
    yield from (f"- {example}" for example in codebook.COUNTING_EXAMPLES)
    yield f"\n{codebook.SEVERAL_IN_A_SENTENCE}"
    yield "\n## Did it happen\n"
    yield from _table(
        ("actuality", "choose it where"), ((label.label, codebook.ACTUALITIES[label]) for label in Actuality)
    )
    yield "\nOnly what happened is ever certain. An announced event is tied to what became of it by the relation “was carried out by”."


def _acts_and_roles() -> Iterator[str]:
    yield "\n## What the speaker does\n"
    yield from _table(("act", "choose it where the speaker"), ((act.label, codebook.ACTS[act]) for act in Act))
    yield "\n## Who took part\n"
    yield f"{codebook.WHO_IS_NAMED}\n"
    yield from _table(("role", "who"), ((role.label, codebook.ROLES[role.value]) for role in Role))


def _support() -> Iterator[str]:
    yield "\n## Which act supports which claim\n"
    yield "A type of event claims a deed, a statement, an appeal or a condemnation. What a source does with its words decides what it"
    yield "does for that claim. An event is published on a source that supports it or takes it for granted, and on a question only where"
    yield "it is coded as unclear. In a question every act only asserts; denying and disputing speak against, wherever they are."
    for actuality in Actuality:
        yield f"\n**{actuality.label}**\n"
        rows = ((act.label, *(_CELLS[support_of(act, False, claim, actuality)] for claim in Claim)) for act in Act)
        yield from _table(("act", *(claim.label for claim in Claim)), rows)


def _axes() -> Iterator[str]:
    yield "\n## How it is known\n"
    yield "Five things, kept apart; of several sources the best counts. Matching says that the words are in the text, not that they"
    yield "are true.\n"
    rows = (
        ("form", _labels(Form), "in which form the source is known"),
        ("assertion", _labels(Assertion), "how a source asserts it"),
        ("contest", _labels(Contest), "whether a source speaks against it"),
        (
            "sources",
            "a number",
            "independent ones that support it or take it for granted; a report printed twice is one",
        ),
        ("basis", f"{_labels(Basis)}; or empty", "of a citation, where the text tells how the speaker knows"),
    )
    yield from _table(("axis", "values, the one that counts first", "meaning"), rows)
    yield "\nFirst-hand: “I can confirm that our assistant secretary did speak with both”. Hearsay: “according to the ministry”,"
    yield "“the agency reports that”. Where the text does not tell, the basis stays empty; nobody guesses."


def _dates() -> Iterator[str]:
    yield "\n## Which day\n"
    yield f"{codebook.DAY_RULE}\n"
    yield from _table(("the words give", "write"), codebook.DAYS)
    yield "\n## How precisely the place is known\n"
    yield f"{codebook.PLACE_RULE}\n"
    yield from _table(("code", "the event was"), ((precision.value, precision.label) for precision in PlacePrecision))
    yield "\n## How wide “about” is\n"
    widths = (("day", WIDTH_OF_DAY.days), ("month", WIDTH_OF_MONTH), ("year", WIDTH_OF_YEAR))
    rows = ((unit, f"{width} {unit}{'' if width == 1 else 's'}") for unit, width in widths)
    yield from _table(("about a", "before and after"), rows)


def type_lines() -> Iterator[str]:
    """Yield every type of event with its entry, under its category. A query for each category."""
    yield "\n## Types of event"
    for category in Category:
        yield f"\n### {category.label}"
        for event_type in EventType.objects.in_category(category).order_by("name"):
            yield from _type(event_type)


def _type(event_type: EventType) -> Iterator[str]:
    yield f"\n#### {event_type.name}\n"
    yield f"{event_type.description}\n"
    yield f"- **claims** {event_type.get_claim_display()}"
    for name in _ENTRY:
        if text := getattr(event_type, name):
            yield f"- **{EventType._meta.get_field(name).verbose_name}** {text}"
    plover = " ".join(filter(None, [event_type.plover_event, event_type.plover_mode])) or "none"
    yield f"- **PLOVER** {plover}; {event_type.get_quad_display() or 'no quad'} (`{event_type.slug}`)"


def _labels(choices: Iterable) -> str:
    return "; ".join(choice.label for choice in choices)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    for cells in (heads, ["---"] * len(tuple(heads)), *rows):
        yield f"| {' | '.join(cells)} |"
