"""Codebook 1.0: what each type of event is, is not, and how it is told from its neighbours."""

# slug -> claim, include, exclude, boundary, example, counter-example. The definition is the type's description.
CODEBOOK = {
    "ceasefire-declared": (
        "statement",
        "A signed or announced promise to stop fighting, by one side or by all; an extension of one.",
        "A call by others for a ceasefire (appeal). The fighting itself stopping (ceasefire in force).",
        "Declared is the day of the promise; in force is the day from which it holds. They are two events.",
        "“The parties announced a ceasefire from midnight.”",
        "“We urge both sides to agree on a ceasefire.” This is an appeal.",
    ),
    "ceasefire": (
        "deed",
        "Fighting stops under a ceasefire; a ceasefire that a source names without saying when it was declared.",
        "A lull without a promise. A ceasefire that is only hoped for, urged or offered.",
        "Against line or zone established: this is the end of fighting, that is where forces stand after it.",
        "“the November 2020 ceasefire”, taken for granted by a spokesperson.",
        "“A ceasefire is needed now.” This is an appeal.",
    ),
    "ceasefire-ended": (
        "deed",
        "A party renounces the ceasefire; its term runs out without an extension; large fighting resumes and a source says it is over.",
        "A single breach (ceasefire violation). Doubt about whether it will last.",
        "Against ceasefire violation: after a violation the ceasefire is still said to hold.",
        "“The government said it no longer considers itself bound by the truce.”",
        "“Three shells were fired despite the truce.” This is a ceasefire violation.",
    ),
    "agreement": (
        "deed",
        "A treaty, protocol, memorandum or joint statement with obligations, signed or adopted.",
        "A ceasefire. An agreement in principle, or one that is only announced to be signed.",
        "Against agreement in principle: here a text is signed or adopted.",
        "“The ministers signed a protocol on border demarcation.”",
        "“They agreed to continue talks.” This is an agreement in principle.",
    ),
    "agreement-in-principle": (
        "deed",
        "Parties agree to do something: to meet, to talk on, to exchange prisoners; a promise to cooperate.",
        "A signed text with obligations (agreement). A wish of one side alone (statement).",
        "Against negotiation: this is a result of talks, that is the talks.",
        "“The two leaders agreed to begin work on a peace treaty.”",
        "“We hope that they will agree.” This is a statement.",
    ),
    "line-established": (
        "deed",
        "A line of contact, buffer zone, corridor or checkpoint comes into being.",
        "Troops moving to such a line (troop movement).",
        "Against ceasefire in force: the line may be drawn on another day than fighting stops.",
        "“the line of contact established following the November 2020 ceasefire”",
        "“Shots were fired across the line of contact.” This is a clash or a ceasefire violation.",
    ),
    "withdrawal": (
        "deed",
        "Forces leave positions; territory is handed over.",
        "A retreat under fire within a battle (clash). A demand to withdraw (appeal).",
        "Against troop movement: here forces leave ground that they held.",
        "“Russian forces pulled back from the village of Parukh.”",
        "“We call on Azerbaijan to pull back its troops.” This is an appeal.",
    ),
    "prisoner-release": (
        "deed",
        "Prisoners, hostages or remains are handed over, freed or exchanged.",
        "An agreement to exchange them later (agreement in principle).",
        "Against humanitarian aid: here persons or remains change hands.",
        "“Fifteen detainees returned home today.”",
        "“We call for the release of all prisoners.” This is an appeal.",
    ),
    "phone-call": (
        "deed",
        "Leaders or officials speak by telephone or video.",
        "A meeting in person. Words sent by letter or published.",
        "Against meeting: where a source says only “spoke with” and names no meeting, choose phone call and say so in the summary.",
        "“our assistant secretary did speak with both … on March 24th”",
        "“The ministers met in Brussels.” This is a meeting.",
    ),
    "meeting": (
        "deed",
        "Two or more parties meet in person, not as guest and host.",
        "A visit. A call. A meeting that is only planned is coded as announced.",
        "Against negotiation: a meeting is one occasion whose aim is not said to be a settlement.",
        "“The presidents met in Sochi with the Russian president.”",
        "“The minister arrived in Yerevan for talks.” This is a visit.",
    ),
    "visit": (
        "deed",
        "One party travels to another as its guest, or to a place of the conflict.",
        "A meeting in a third country.",
        "Against meeting: one is guest, one is host.",
        "“The envoy visited Baku.”",
        "“They met in Geneva.” This is a meeting.",
    ),
    "negotiation": (
        "deed",
        "Talks whose aim is a settlement or an agreement, one round or several.",
        "A call or meeting that is not said to be about a settlement.",
        "Against mediation: here the parties talk; there a third party acts.",
        "“A second round of peace talks opened in Washington.”",
        "“The co-chairs travelled between the capitals.” This is mediation.",
    ),
    "mediation": (
        "deed",
        "A third party carries proposals, hosts talks or sits between the parties.",
        "A promise to mediate or to stay committed (statement). A call on the parties to talk (appeal).",
        "Against statement: something is done between the parties, not only said.",
        "“The co-chairs presented a proposal to both sides.”",
        "“We remain deeply committed to working with the sides.” This is a statement.",
    ),
    "statement": (
        "statement",
        "A position, a concern, a commitment or a refusal to comment is made public.",
        "An appeal, an accusation, a condemnation, a threat, a rejection.",
        "Choose the narrower type where the words ask, accuse, condemn, threaten or refuse.",
        "“we are closely monitoring the situation along the line of contact”",
        "“Both sides need to de-escalate.” This is an appeal.",
    ),
    "appeal": (
        "appeal",
        "Someone asks or urges others to stop, to talk, to release, to let aid through.",
        "A condition with a consequence (threat).",
        "Against condemnation: it asks for conduct to come, it does not judge conduct that was.",
        "“calling both sides to show restraint and intensify diplomatic engagement”",
        "“These steps are irresponsible.” This is a condemnation.",
    ),
    "condemnation": (
        "condemnation",
        "Conduct is disapproved of, called unacceptable, condemned.",
        "An allegation of a deed without a judgement (accusation). Concern without a judgement (statement).",
        "Against accusation: the deed is taken as known and judged.",
        "“Troop movements … are irresponsible and unnecessarily provocative.”",
        "“They fired first.” This is an accusation.",
    ),
    "accusation": (
        "statement",
        "Someone says that another did a thing that the other does not admit.",
        "The deed itself, which needs sources of its own.",
        "Against condemnation: whether the deed was done is what is claimed.",
        "“The ministry said that Armenian units opened fire.”",
        "“We condemn the shelling.” This is a condemnation.",
    ),
    "threat": (
        "statement",
        "Force, sanctions or another measure is threatened, with or without a condition.",
        "A warning of what others may do (statement).",
        "Against sanctions and coercion: nothing is done yet.",
        "“If they do not withdraw, we will use force.”",
        "“Sanctions were imposed today.” This is sanctions.",
    ),
    "rejection": (
        "statement",
        "A proposal, demand, talks or mediation is refused.",
        "A denial that something happened: that is an act of a citation, not an event.",
        "Against threat: it refuses, and announces no measure.",
        "“The government turned down the proposed text.”",
        "“We deny that our forces crossed the line.” Cite it with the act “denies”.",
    ),
    "cooperation": (
        "deed",
        "Parties start, resume or carry out practical cooperation: trade, transport, intelligence, diplomatic relations.",
        "Aid (humanitarian aid). A promise to cooperate (agreement in principle).",
        "Against agreement: cooperation is carried out, not signed.",
        "“The first freight train crossed the reopened border.”",
        "“They agreed to reopen the border.” This is an agreement in principle.",
    ),
    "troop-movement": (
        "deed",
        "Forces move, deploy, exercise or are massed; no fighting is named.",
        "Leaving ground that was held (withdrawal). Calling up reserves (mobilisation).",
        "Against clash: no force is used.",
        "“Azerbaijan troop movements”",
        "“Troops exchanged fire.” This is a clash.",
    ),
    "mobilisation": (
        "deed",
        "Reserves are called up; a state of readiness or martial law is raised.",
        "Regular units on the move (troop movement).",
        "Against troop movement: people or powers are raised, not units moved.",
        "“A partial mobilisation was decreed.”",
        "“A convoy moved towards the border.” This is a troop movement.",
    ),
    "protest": (
        "deed",
        "Demonstrations, strikes, sit-ins and boycotts by people without arms.",
        "Riots with violence against persons (violence against civilians, clash).",
        "Against coercion: here people oppose those in power, there those in power act against people.",
        "“Thousands marched in the capital against the agreement.”",
        "“Police dispersed the rally.” This is coercion.",
    ),
    "coercion": (
        "deed",
        "Arrests, blockades, closures, seizures, expulsions, cyber attacks, bans: force short of an attack.",
        "Economic or diplomatic measures between states (sanctions). A refusal to talk (rejection).",
        "Against violence against civilians: nobody is killed or hurt by it.",
        "“The road has been blocked since Monday.”",
        "“They threatened to close the road.” This is a threat.",
    ),
    "clash": (
        "deed",
        "Armed forces or groups fight each other.",
        "Fire from a distance without an exchange (shelling or strike). Fire at civilians.",
        "Against ceasefire violation: choose violation where a source says that a ceasefire is broken.",
        "“Fighting broke out near the village.”",
        "“A drone hit the depot.” This is a shelling or strike.",
    ),
    "strike": (
        "deed",
        "Artillery, missiles, aircraft or drones hit or are fired at a target.",
        "A fight at close range (clash). A strike whose target were civilians.",
        "Against violence against civilians: the source does not say that civilians were the target.",
        "“The town was shelled overnight.”",
        "“Missiles were moved to the border.” This is a troop movement.",
    ),
    "ceasefire-violation": (
        "deed",
        "Force is used, or positions are moved forward, in breach of a ceasefire that is in force.",
        "An accusation of a breach by one side alone (accusation).",
        "Against clash: a source says that it breaks a ceasefire.",
        "“A serviceman was killed in a ceasefire violation, both ministries said.”",
        "“Each side accused the other of a breach.” These are accusations.",
    ),
    "violence-against-civilians": (
        "deed",
        "Civilians are attacked, killed, tortured, abducted or driven out, and a source says that they were the target.",
        "Civilians hit in a fight between forces (clash, shelling or strike; give the deaths).",
        "Against shelling or strike: who the target was decides, not who was hurt.",
        "“Gunmen killed six villagers.”",
        "“A shell hit a market during the battle.” This is a shelling or strike.",
    ),
    "humanitarian-aid": (
        "deed",
        "Aid arrives, or access for aid is granted.",
        "A promise of aid (announced). A refusal of access (coercion).",
        "Against cooperation: it is for people in need.",
        "“The first convoy of aid reached the town.”",
        "“We pledge ten million.” Code it as announced.",
    ),
    "displacement": (
        "deed",
        "People flee, are evacuated or are made to leave; people return.",
        "An attack that drives them out is an event of its own.",
        "Against violence against civilians: this is where people go, that is what was done to them.",
        "“Some 90,000 people crossed the border within a week.”",
        "“They were ordered to leave.” This is coercion.",
    ),
    "sanctions": (
        "deed",
        "States or organisations break off, reduce or forbid dealings: sanctions, expulsion of diplomats, suspended treaties.",
        "Sanctions that are threatened (threat) or called for (appeal).",
        "Against coercion: between states, without force.",
        "“The Council listed twelve persons.”",
        "“We are considering sanctions.” This is a statement.",
    ),
    "other": (
        "deed",
        "What no other type fits; the summary says what it is.",
        "What another type fits, be it badly.",
        "Propose a type where this is chosen often.",
        "“The archive was opened to researchers.”",
        "“The ministry expressed concern.” This is a statement.",
    ),
}

# slug, name, category, PLOVER event, PLOVER mode, quad, definition
NEW_TYPES = [
    ("agreement-in-principle", "Agreement in principle", "agreement", "AGREE", "", 1, "Parties agree to do something; no text is signed."),
    ("cooperation", "Cooperation", "agreement", "COOPERATE", "", 2, "Practical cooperation begins, resumes or is carried out."),
    ("rejection", "Rejection", "statement", "REJECT", "", 3, "A proposal, a demand, talks or mediation is refused."),
    ("protest", "Protest", "other", "PROTEST", "", 4, "People without arms demonstrate, strike or boycott."),
    ("coercion", "Coercion", "other", "COERCE", "", 4, "Arrests, blockades, closures, seizures: force short of an attack."),
]  # fmt: skip

# slug -> column -> (what it says in codebook 1.0, what it says in 1.1). An entry that an editor changed stays as it is.
BOUNDARIES = {
    "sanctions": {
        "include": (
            "States or organisations break off, reduce or forbid dealings: sanctions, expulsion of diplomats, suspended treaties.",
            "States or organisations break off, reduce or forbid dealings, be it with states, groups or persons: sanctions, listings, "
            "expulsion of diplomats, suspended treaties.",
        ),
        "boundary": (
            "Against coercion: between states, without force.",
            "Against coercion: by a rule or an order, without force on the spot.",
        ),
    },
    "meeting": {
        "boundary": (
            "Against negotiation: a meeting is one occasion whose aim is not said to be a settlement.",
            "Against negotiation: a meeting is one occasion whose aim is not said to be a settlement. Against visit: words that only say where "
            "they met, be it in the capital of one of them, tell of a meeting.",
        ),
    },
    "visit": {
        "boundary": (
            "Against meeting: one is guest, one is host.",
            "Against meeting: the words say that one travels to the other, or is received.",
        ),
    },
    "ceasefire-declared": {
        "include": (
            "A signed or announced promise to stop fighting, by one side or by all; an extension of one.",
            "A signed or announced promise to stop fighting, by one side or by all; an extension or a renewal of one.",
        ),
    },
}


def _change(apps, before, after):
    EventType = apps.get_model("timeline", "EventType")
    for slug, columns in BOUNDARIES.items():
        for column, texts in columns.items():
            EventType.objects.filter(slug=slug, **{column: texts[before]}).update(**{column: texts[after]})


def redraw_boundaries(apps, schema_editor):
    _change(apps, 0, 1)


def restore_boundaries(apps, schema_editor):
    _change(apps, 1, 0)
