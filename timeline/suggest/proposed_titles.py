"""Propose a title: plain, short, in the present tense."""

LONGEST = 150

# {by}: who does it; {to}: to whom, or with whom. Without {to} the second is taken.
_TITLES = {
    "ceasefire-declared": ("{by} and {to} agree on a ceasefire", "{by}: ceasefire declared", "Ceasefire declared"),
    "ceasefire": ("Ceasefire between {by} and {to}", "Ceasefire ({by})", "Ceasefire"),
    "ceasefire-ended": ("Ceasefire between {by} and {to} ends", "Ceasefire ends ({by})", "Ceasefire ends"),
    "ceasefire-violation": ("{by} breaks the ceasefire with {to}", "{by}: ceasefire violation", "Ceasefire violation"),
    "agreement": ("{by} and {to} sign an agreement", "{by} signs an agreement", "Agreement signed"),
    "agreement-in-principle": ("{by} and {to} agree", "{by} agrees", "Agreement in principle"),
    "cooperation": ("{by} and {to} cooperate", "{by} takes up cooperation", "Cooperation"),
    "rejection": ("{by} rejects what {to} proposes", "{by} rejects a proposal", "Rejection"),
    "protest": ("Protest: {by}, {to}", "Protest ({by})", "Protest"),
    "coercion": ("{by} coerces {to}", "Coercion ({by})", "Coercion"),
    "line-established": ("Line established between {by} and {to}", "Line established ({by})", "Line established"),
    "withdrawal": ("{by} withdraws forces from {to}", "{by} withdraws forces", "Withdrawal of forces"),
    "prisoner-release": ("{by} releases prisoners to {to}", "{by} releases prisoners", "Prisoners released"),
    "phone-call": ("{by} speaks with {to}", "{by} speaks by phone", "Phone call"),
    "meeting": ("{by} meets {to}", "{by} holds a meeting", "Meeting"),
    "visit": ("{by} visits {to}", "{by} makes a visit", "Visit"),
    "negotiation": ("{by} and {to} hold talks", "{by} holds talks", "Talks"),
    "mediation": ("{by} mediates: {to}", "{by} mediates", "Mediation"),
    "statement": ("{by} makes a statement on {to}", "{by} makes a statement", "Statement"),
    "appeal": ("{by} calls on {to}", "{by} makes an appeal", "Appeal"),
    "condemnation": ("{by} condemns conduct of {to}", "{by} condemns", "Condemnation"),
    "accusation": ("{by} accuses {to}", "{by} makes an accusation", "Accusation"),
    "threat": ("{by} threatens {to}", "{by} issues a threat", "Threat"),
    "troop-movement": ("{by} moves troops towards {to}", "{by} moves troops", "Troop movements"),
    "mobilisation": ("{by} mobilises against {to}", "{by} mobilises", "Mobilisation"),
    "clash": ("{by} and {to} clash", "{by}: fighting", "Fighting"),
    "strike": ("{by} strikes {to}", "{by} carries out a strike", "Strike"),
    "violence-against-civilians": ("{by}: violence against civilians of {to}", "{by}: violence against civilians", "Violence against civilians"),
    "humanitarian-aid": ("{by} gives aid to {to}", "{by} gives aid", "Humanitarian aid"),
    "displacement": ("People flee: {by}, {to}", "People flee ({by})", "Displacement"),
    "sanctions": ("{by} imposes sanctions on {to}", "{by}: sanctions", "Sanctions"),
}  # fmt: skip
_OTHER = ("{by}: event with {to}", "{by}: event", "Event")


def propose_title(event_type: str, by: list[str], to: list[str]) -> str:
    """Return a title from the names of those who do it and of the others; at most 150 characters."""
    both, alone, nobody = _TITLES.get(event_type, _OTHER)
    if not by and not to:
        return nobody
    if not by:
        by, to = to[:1], to[1:]
    pattern = both if to else alone
    return _cut(pattern.format(by=_listed(by), to=_listed(to)))


def _listed(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
