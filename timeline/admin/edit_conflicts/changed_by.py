"""Who changed a row meanwhile, in one sentence."""

from django.utils import formats, timezone

from timeline.history.changes_since import Edit


def changed_by(writings: list[Edit], name: str, did: str = "changed") -> str:
    """Return "Ada and Bela changed this event, last on 3 May 2026, 10:32"; `writings` come last one first."""
    who = list(dict.fromkeys(one.who or "a command" for one in writings)) or ["somebody else"]
    names = " and ".join(filter(None, [", ".join(who[:-1]), who[-1]]))
    if not writings:
        return f"{names} {did} this {name}"
    at = formats.date_format(timezone.localtime(writings[0].at), "DATETIME_FORMAT")
    return f"{names} {did} this {name}{', last' if len(writings) > 1 else ''} on {at}"
