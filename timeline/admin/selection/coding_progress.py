"""How many turns of each briefing of a list are coded, without reading every text anew for each list."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from timeline.models import Briefing, Citation
from timeline.text import transcripts

MOST_READ = 1_000_000  # characters of texts not met before that one list reads; about 60 ms
MOST_CACHED = 5_000  # texts

_turns: dict[str, tuple[array, array]] = {}  # SHA-256 of a text -> starts and ends of its turns


def count_coded_turns(briefings: Iterable[Briefing]) -> None:
    """Set `turns_coded` of each: (with a citation, all); None where there is no text, or none was read yet.

    At most two queries. What one list leaves unread the next one reads.
    """
    briefings = list(briefings)
    _read([briefing for briefing in briefings if briefing.text_sha256 and briefing.text_sha256 not in _turns])
    turns_of = {briefing.pk: _turns[briefing.text_sha256] for briefing in briefings if briefing.text_sha256 in _turns}
    coded = _coded(turns_of) if turns_of else {}
    for briefing in briefings:
        briefing.turns_coded = (
            (len(coded[briefing.pk]), len(turns_of[briefing.pk][0])) if briefing.pk in turns_of else None
        )


def _read(briefings: list[Briefing]) -> None:
    read = 0
    rows = Briefing.objects.with_text_of(briefings) if briefings else ()
    for sha256, text in rows:
        turns = transcripts.parse(text).turns
        _turns[sha256] = array("L", (turn.start for turn in turns)), array("L", (turn.end for turn in turns))
        read += len(text)
        if read > MOST_READ:
            break
    for oldest in list(_turns)[: max(0, len(_turns) - MOST_CACHED)]:
        _turns.pop(oldest, None)


def _coded(turns_of: dict[int, tuple[array, array]]) -> dict[int, set[int]]:
    """Return the numbers of the turns that citations quote, by briefing."""
    coded = defaultdict(set)
    for pk, start, end in Citation.objects.places_in(turns_of):
        starts, ends = turns_of[pk]
        coded[pk].update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return coded
