"""What editors type into the form of an event."""

from timeline.models import Actor, Briefing, EventType

ADD = "/admin/timeline/event/add/"
TEXT = (
    "QUESTION: What is new?\n\n"
    "MS PORTER: The “ceasefire” – so far – holds.\nNobody has moved.\n\n"
    "Armenia and Azerbaijan just need to use direct communication channels. Nobody, I repeat, nobody.\n\n"
    "QUESTION: Again?\n\nMS PORTER: I repeat, nobody."
)  # of the briefing that is cited


def entry(**changes) -> dict:
    """Return a new event as typed."""
    typed = {"title": "The ceasefire holds", "event_type": EventType.objects.get(slug="statement").pk}
    return typed | {"date_as_stated": "yesterday", "edtf": "24 March 2022"} | changes


def citation_line(briefing: Briefing, quote: str = "Nobody has moved.", **changes) -> dict:
    typed = {
        "briefing": briefing.pk,
        "quote": quote,
        "act": "confirms",
        "speaker": "",
        "date_as_stated": "",
        "edtf": "",
    }
    return typed | {"reliability": "F", "credibility": "6", "note": "", "position": "0"} | changes


def participation_line(actor: Actor, role: str = "initiator") -> dict:
    return {"actor": actor.pk, "role": role, "office": "", "position": "0"}
