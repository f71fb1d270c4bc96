"""Find the actors that a text names. Knows no model: what it looks for is given."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick

from timeline.models import Actor, ActorAlias

# The adjectives of states: "Armenian" names Armenia. By ISO 3166-1; an adjective of two states names neither.

_WRITTEN = """
AD Andorran|AE Emirati|AF Afghan|AL Albanian|AM Armenian|AO Angolan|AR Argentine Argentinian|AT Austrian|AU Australian
AZ Azerbaijani Azeri|BA Bosnian|BD Bangladeshi|BE Belgian|BF Burkinabe|BG Bulgarian|BH Bahraini|BI Burundian|BO Bolivian
BR Brazilian|BW Botswanan|BY Belarusian Belarussian|CA Canadian|CD Congolese|CF Central-African|CG Congolese|CH Swiss
CI Ivorian|CL Chilean|CM Cameroonian|CN Chinese|CO Colombian|CR Costa-Rican|CU Cuban|CY Cypriot|CZ Czech|DE German
DJ Djiboutian|DK Danish|DO Dominican|DZ Algerian|EC Ecuadorian Ecuadorean|EE Estonian|EG Egyptian|ER Eritrean|ES Spanish
ET Ethiopian|FI Finnish|FR French|GA Gabonese|GB British|GE Georgian|GH Ghanaian|GM Gambian|GN Guinean|GR Greek
GT Guatemalan|HN Honduran|HR Croatian|HT Haitian|HU Hungarian|ID Indonesian|IE Irish|IL Israeli|IN Indian|IQ Iraqi
IR Iranian|IS Icelandic|IT Italian|JM Jamaican|JO Jordanian|JP Japanese|KE Kenyan|KG Kyrgyz|KH Cambodian|KP North-Korean
KR South-Korean|KW Kuwaiti|KZ Kazakh Kazakhstani|LA Laotian|LB Lebanese|LK Sri-Lankan|LR Liberian|LT Lithuanian
LU Luxembourgish|LV Latvian|LY Libyan|MA Moroccan|MD Moldovan|ME Montenegrin|MK Macedonian|ML Malian|MM Burmese
MN Mongolian|MR Mauritanian|MT Maltese|MW Malawian|MX Mexican|MY Malaysian|MZ Mozambican|NA Namibian|NE Nigerien
NG Nigerian|NI Nicaraguan|NL Dutch|NO Norwegian|NP Nepalese Nepali|OM Omani|PA Panamanian|PE Peruvian|PH Filipino
PK Pakistani|PL Polish|PS Palestinian|PT Portuguese|PY Paraguayan|QA Qatari|RO Romanian|RS Serbian|RU Russian|RW Rwandan
SA Saudi|SD Sudanese|SE Swedish|SI Slovenian Slovene|SK Slovak|SL Sierra-Leonean|SN Senegalese|SO Somali|SS South-Sudanese
SV Salvadoran|SY Syrian|TD Chadian|TG Togolese|TH Thai|TJ Tajik|TM Turkmen|TN Tunisian|TR Turkish|TW Taiwanese
TZ Tanzanian|UA Ukrainian|UG Ugandan|US American|UY Uruguayan|UZ Uzbek|VE Venezuelan|VN Vietnamese|YE Yemeni|ZA South-African
ZM Zambian|ZW Zimbabwean
"""


def _read() -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in _WRITTEN.strip().splitlines() for entry in line.split("|"))
    return {code: tuple(word.replace("-", " ") for word in words) for code, *words in entries}


DEMONYMS = _read()  # ISO 3166-1 alpha-2 -> adjectives


_MARKS = str.maketrans("‘’ʼ`´“”\n\t\N{NO-BREAK SPACE}", "'''''\"\"   ")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """Mr Mrs Ms Dr President Secretary Minister Chancellor Ambassador General Gen Director Adviser Advisor Senator
    Spokesperson Admiral Prince King Premier Chairman Commissioner Representative Envoy Leader Governor Speaker"""
)
NO_NAMES = _words(  # capitals begin a sentence with them
    """after and as at because before but by did does earlier for from has have if in is it last like of on once or since
    so that the then to today tomorrow tonight under was what when where while will with would yesterday"""
)
_SHORTEST_SURNAME = 4


@dataclass(frozen=True, slots=True)
class KnownActor:
    pk: int
    name: str
    kind: str  # as in ActorKind
    country: str  # ISO 3166-1, may be empty
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A place where a text names an actor."""

    start: int
    end: int
    words: str
    actor: KnownActor
    is_adjective: bool  # "Armenian" for Armenia
    is_surname: bool = False  # it may be another's


@dataclass(frozen=True, slots=True)
class _NameForm:
    spelling: str
    actor: KnownActor
    how: str  # "name", "adjective" or "surname"

    @property
    def is_adjective(self) -> bool:
        return self.how == "adjective" and self.actor.kind == "state"


class KnownActors:
    """Names, aliases, adjectives of states and surnames of persons, ready to be looked for.

    A form of two actors names neither; a name or an alias goes before an adjective or a surname.
    """

    def __init__(self, actors: Iterable[KnownActor]):
        self._by_name, self._automaton = {}, ahocorasick.Automaton()
        for folded, form in _unique(list(actors)).items():
            self._automaton.add_word(folded, form)
            self._by_name[folded] = form
        if self._by_name:
            self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._by_name)

    def by_name(self, name: str) -> KnownActor | None:
        """Return the actor of this name or alias, whatever its capitals; None if there is none."""
        form = self._by_name.get(_folded(name)[0])
        return form.actor if form and form.how == "name" else None

    def states(self) -> set[str]:
        """Return the countries of the states among them."""
        return {form.actor.country for form in self._by_name.values() if form.actor.kind == "state"} - {""}

    def find(self, text: str) -> list[ActorMention]:
        """Return the actors named, in order, the longest form at each place; whole words only."""
        if not self._by_name:
            return []
        folded, places = _folded(text)
        mentions = []
        for last, form in self._automaton.iter(folded):
            start, end = places[last - len(_folded(form.spelling)[0]) + 1], places[last] + 1
            if _is_whole(text, start, end) and _fits(form, text, start, end):
                mentions.append(
                    ActorMention(
                        start,
                        end,
                        " ".join(text[start:end].split()),
                        form.actor,
                        form.is_adjective,
                        form.how == "surname",
                    )
                )
        return _without_overlaps(mentions)


def _unique(actors: list[KnownActor]) -> dict[str, _NameForm]:
    """Return the forms that name one actor, by how they are looked for."""
    unique: dict[str, _NameForm] = {}
    for how in ("name", "adjective", "surname"):
        forms = defaultdict(list)
        for actor in actors:
            for written in _forms(actor, how):
                forms[_folded(written)[0]].append(_NameForm(written, actor, how))
        for folded, same in forms.items():
            if folded and folded not in unique and len({form.actor.pk for form in same}) == 1:
                unique[folded] = same[0]
    return unique


def _forms(actor: KnownActor, how: str) -> Iterable[str]:
    if how == "name":
        return (actor.name, *actor.aliases)
    if how == "surname":
        surname = actor.name.split()[-1] if actor.kind == "person" and len(actor.name.split()) > 1 else ""
        return (surname,) if len(surname) >= _SHORTEST_SURNAME and surname[0].isupper() else ()
    if actor.kind == "state":
        return DEMONYMS.get(actor.country, ())
    return _offices(actor)


def _offices(actor: KnownActor) -> Iterable[str]:
    """Return "Armenian Foreign Minister" for "Foreign Minister of Armenia"."""
    office, of, _ = actor.name.partition(" of ")
    if actor.kind not in ("office", "organisation") or not of:
        return ()
    return [f"{adjective} {office}" for adjective in DEMONYMS.get(actor.country, ())]


def _folded(text: str) -> tuple[str, array | range]:
    """Return the text in small letters with plain marks and single spaces, and where each character is."""
    plain = text.translate(_MARKS)
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a few capitals have small letters of two characters
        lowered = "".join(character if len(character.lower()) != 1 else character.lower() for character in plain)
    if "  " not in lowered:
        return lowered, range(len(lowered))
    places = array("I", (at for at, character in enumerate(lowered) if character != " " or lowered[at - 1 : at] != " "))
    return re.sub(" {2,}", " ", lowered), places


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def _fits(form: _NameForm, text: str, start: int, end: int) -> bool:
    """Return whether capitals say that a name is meant: "us" is not US, "turkey" not Turkey."""
    words = text[start:end]
    if form.spelling.isupper() and " " not in form.spelling:
        return words == form.spelling
    if form.spelling != form.spelling.lower() and words == words.lower():
        return False
    return form.how != "surname" or _is_surname(text, start, end)


def _is_surname(text: str, start: int, end: int) -> bool:
    """Return whether no other name is begun or ended by it: not "Hunter Biden", not "White House"."""
    if re.match(r"\s+[A-Z][a-z]+\b(?!['’])", text[end:]) and not text[start:end].isupper():
        return False
    before = re.search(r"(\S+)\s+\Z", text[max(0, start - 40) : start])
    if not before or not before[1][:1].isupper() or before[1].rstrip(".") in TITLES:
        return True
    return before[1].lower() in NO_NAMES or not before[1].isalpha()


def _without_overlaps(mentions: list[ActorMention]) -> list[ActorMention]:
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    longest: list[ActorMention] = []
    for mention in mentions:
        if not longest or mention.start >= longest[-1].end:
            longest.append(mention)
    return longest


def known_actors() -> KnownActors:
    """Return all actors, ready to be looked for in texts. Two queries.

    An actor that was merged into another goes by that one's name: its names lead there.
    """
    rows = {
        row[0]: row for row in Actor.objects.order_by("pk").values_list("pk", "name", "kind", "country", "merged_into")
    }
    aliases = defaultdict(list)
    for pk, name in ActorAlias.objects.order_by("pk").values_list("actor", "name"):
        aliases[_standing(pk, rows)].append(name)
    for pk, row in rows.items():
        if (now := _standing(pk, rows)) != pk:
            aliases[now].append(row[1])
    return KnownActors(
        KnownActor(pk, name, kind, country, tuple(aliases[pk]))
        for pk, name, kind, country, merged in rows.values()
        if merged is None
    )


def _standing(pk: int, rows: dict[int, tuple]) -> int:
    seen = set()
    while rows[pk][-1] is not None and pk not in seen:
        seen.add(pk)
        pk = rows[pk][-1]
    return pk
