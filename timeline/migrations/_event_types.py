"""The first event types, each mapped to PLOVER 0.8 where PLOVER has a word for it. They can be edited afterwards."""

VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = 1, 2, 3, 4

# slug, name, category, PLOVER event, PLOVER mode, quad, when to choose it
TYPES = [
    ("ceasefire-declared", "Ceasefire declared", "agreement", "CONCEDE", "", VERBAL_COOPERATION,
     "The parties promise to stop fighting. The day on which it holds is an event of its own."),
    ("ceasefire", "Ceasefire in force", "agreement", "RETREAT", "ceasefire", MATERIAL_COOPERATION,
     "Fighting stops, or a source speaks of the ceasefire without saying when it was declared."),
    ("ceasefire-ended", "Ceasefire ended", "agreement", "", "", None,
     "A party renounces the ceasefire, or its term ends. A single breach is a ceasefire violation."),
    ("agreement", "Agreement signed", "agreement", "SUPPORT", "", VERBAL_COOPERATION,
     "A formal agreement other than a ceasefire."),
    ("line-established", "Line or zone established", "agreement", "", "", None,
     "A line of contact, buffer or zone comes into being."),
    ("withdrawal", "Withdrawal", "agreement", "RETREAT", "withdraw", MATERIAL_COOPERATION,
     "Forces leave positions or hand over territory."),
    ("prisoner-release", "Release or exchange of prisoners", "humanitarian", "RETREAT", "release", MATERIAL_COOPERATION,
     "Prisoners, hostages or remains are handed over."),
    ("phone-call", "Phone call", "call", "CONSULT", "phone", VERBAL_COOPERATION,
     "Leaders or officials speak by telephone or video, or are said to have spoken and no meeting is named."),
    ("meeting", "Meeting", "talks", "CONSULT", "third-party", VERBAL_COOPERATION,
     "Two or more parties meet, not as guest and host."),
    ("visit", "Visit", "talks", "CONSULT", "visit", VERBAL_COOPERATION, "One party visits another."),
    ("negotiation", "Negotiation", "talks", "CONSULT", "", VERBAL_COOPERATION, "Talks on a settlement, several rounds or one."),
    ("mediation", "Mediation", "talks", "CONSULT", "", VERBAL_COOPERATION,
     "A third party carries proposals, hosts, or commits itself to the mediation."),
    ("statement", "Statement", "statement", "", "", None, "A position is taken in public; no appeal, no accusation."),
    ("appeal", "Call for restraint or talks", "statement", "REQUEST", "", VERBAL_CONFLICT,
     "Someone calls on others to stop, to talk, to de-escalate."),
    ("condemnation", "Condemnation", "statement", "ACCUSE", "disapprove", VERBAL_CONFLICT,
     "Someone's conduct is disapproved of or condemned."),
    ("accusation", "Accusation", "statement", "ACCUSE", "allege", VERBAL_CONFLICT,
     "Someone is said to have done a thing; the deed itself is an event of its own."),
    ("threat", "Threat", "statement", "THREATEN", "", VERBAL_CONFLICT, "Force or other measures are threatened."),
    ("troop-movement", "Troop movement", "troops", "MOBILIZE", "troops", MATERIAL_CONFLICT,
     "Forces move, deploy or are massed; no fighting is named."),
    ("mobilisation", "Mobilisation", "troops", "MOBILIZE", "troops", MATERIAL_CONFLICT, "Reserves are called up."),
    ("clash", "Clash", "clash", "ASSAULT", "firearms", MATERIAL_CONFLICT, "Armed forces or groups fight."),
    ("strike", "Shelling or strike", "clash", "ASSAULT", "heavy-weapons", MATERIAL_CONFLICT,
     "Artillery, missiles, aircraft or drones."),
    ("ceasefire-violation", "Ceasefire violation", "clash", "ASSAULT", "", MATERIAL_CONFLICT,
     "Force is used in breach of a ceasefire in force."),
    ("violence-against-civilians", "Violence against civilians", "clash", "ASSAULT", "", MATERIAL_CONFLICT,
     "Civilians are the target."),
    ("humanitarian-aid", "Humanitarian aid or access", "humanitarian", "AID", "", MATERIAL_COOPERATION,
     "Aid is given, or access is granted."),
    ("displacement", "Displacement", "humanitarian", "", "", None, "People flee or are made to leave."),
    ("sanctions", "Sanctions", "other", "SANCTION", "discontinue", MATERIAL_CONFLICT, "Measures short of force."),
    ("other", "Other", "other", "", "", None, "None of the other types fits; say in the summary what it is."),
]


def add_types(apps, schema_editor):
    event_type = apps.get_model("timeline", "EventType")
    for slug, name, category, plover_event, plover_mode, quad, description in TYPES:
        event_type.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "category": category,
                "plover_event": plover_event,
                "plover_mode": plover_mode,
                "quad": quad,
                "description": description,
            },
        )
