"""Words by which coders look for a type, and what pickers search: of every type, actor and place."""

from timeline.text.search_words import index_words
from timeline.text.sound_keys import sound_keys

SYNONYMS = {  # slug of a type -> with commas between
    "ceasefire-declared": "truce, armistice, cessation of hostilities, pause",
    "ceasefire": "truce, armistice, cessation of hostilities, lull, calm",
    "ceasefire-ended": "truce ended, armistice ended, hostilities resumed",
    "agreement": "treaty, accord, deal, pact, protocol, memorandum, joint statement, border treaty",
    "agreement-in-principle": "deal, understanding, consent, pledge, promise, commitment, cooperation",
    "line-established": "border, border demarcation, delimitation, frontier, buffer zone, line of contact, corridor, checkpoint",
    "withdrawal": "pullout, pullback, retreat, handover of territory, disengagement",
    "prisoner-release": "hostages, detainees freed, captives, prisoner swap, remains, bodies returned",
    "phone-call": "call, telephone, video call, conversation, spoke by phone",
    "meeting": "summit, bilateral, trilateral, encounter",
    "visit": "trip, travel, delegation, host, tour",
    "negotiation": "talks, negotiations, peace process, round of talks",
    "mediation": "good offices, envoy, facilitation, shuttle diplomacy, Minsk Group",
    "statement": "remarks, announcement, declaration, position, speech, letter, denial",
    "appeal": "call for restraint, urge, request, demand, plea, de-escalation",
    "condemnation": "condemn, denounce, disapproval, deplore",
    "accusation": "accuse, allegation, blame, charge, protest note",
    "threat": "ultimatum, warning, intimidation",
    "troop-movement": "deployment, border, build-up, reinforcement, manoeuvre, exercise, drill, patrol",
    "mobilisation": "conscription, call-up, draft, reserves, mobilization",
    "clash": "attack, battle, fighting, fire, skirmish, border incident, gunfire, shoot-out, armed clash, offensive, seizure of territory",
    "strike": "attack, bombing, bombardment, air strike, drone, missile, rocket, artillery, shelling, explosion",
    "ceasefire-violation": "breach, truce broken, shooting, fire across the line, border incident",
    "violence-against-civilians": "attack, killing, massacre, abduction, kidnapping, torture, execution, atrocity",
    "humanitarian-aid": "relief, assistance, convoy, evacuation, food, medicine, corridor",
    "displacement": "refugees, displaced persons, flight, expulsion, deportation, exodus, border crossing",
    "sanctions": "embargo, blockade, export ban, visa ban, asset freeze, border closure, expulsion of diplomats",
    "protest": "demonstration, rally, march, riot, strike of workers, unrest",
    "cooperation": "assistance, support, partnership, joint project, exchange",
    "coercion": "arrest, detention, crackdown, curfew, raid, seizure of property, censorship",
    "rejection": "refusal, decline, veto, walkout, refuse to meet",
    "other": "trial, election, accident, vote, resolution",
}
AT_ONCE = 1_000  # rows


def fill(apps, schema_editor):
    """Write the synonyms of the types that come with the tracker, and the columns that pickers search."""
    types = apps.get_model("timeline", "EventType").objects
    for event_type in types.all():
        event_type.synonyms = event_type.synonyms or SYNONYMS.get(event_type.slug, "")
        event_type.known_as = index_words(event_type.name, *event_type.synonyms.split(","))
        types.bulk_update([event_type], ["synonyms", "known_as"])
    aliases = {}
    for actor, name in apps.get_model("timeline", "ActorAlias").objects.order_by("pk").values_list("actor", "name"):
        aliases.setdefault(actor, []).append(name)
    for table in ("Actor", "Place"):
        _fill_sounds(apps.get_model("timeline", table).objects, aliases if table == "Actor" else {})


def _fill_sounds(rows, aliases):
    last = 0
    while lot := list(rows.filter(pk__gt=last).order_by("pk").only("pk", "name")[:AT_ONCE]):
        for row in lot:
            row.sounds = sound_keys(row.name, *aliases.get(row.pk, ()))
        rows.bulk_update(lot, ["sounds"])
        last = lot[-1].pk
