"""Who changed a row meanwhile, in one sentence."""

from django.utils import formats, timezone

from timeline.history.changes_since import Edit


def changed_by(edits: list[Edit], name: str, did: str = "changed") -> str:
    """Return "Ada and Bela changed this event, last on 3 May 2026, 10:32"; `writings` come last one first."""
    who = list(dict.fromkeys(edit.who or "a command" for edit in edits)) or ["somebody else"]
    names = " and ".join(filter(None, [", ".join(who[:-1]), who[-1]]))
    if not edits:
        return f"{names} {did} this {name}"
    at = formats.date_format(timezone.localtime(edits[0].at), "DATETIME_FORMAT")
    return f"{names} {did} this {name}{', last' if len(edits) > 1 else ''} on {at}"
