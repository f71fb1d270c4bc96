"""Find the trigger words of event types in a sentence. Source of the types: the tracker's own list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# The words that let an event of each type be proposed. A space stands for any white space, `~` for up to six words.

_CEASEFIRE = r"(?:cease-?fire|truce|armistice|cessation of hostilities)"
_FORCES = r"(?:troops?|forces|soldiers|personnel|battalions?|brigades?|units|convoys?|tanks|warships?|service ?members|armou?r)"
_DEAL = r"(?:agreements?|treaty|treaties|accords?|memorandum|MOUs?|pact|deal|charter|joint declaration)"
_HELD = r"(?:prisoners?|detainees?|hostages?|captives|POWs|servicemen|remains|bodies)"
_CIVILIANS = (
    r"(?:civilians?|people|children|women|innocents?|men|journalists?|Americans|Israelis|Palestinians|Ukrainians|Russians"
    r"|Armenians|Azerbaijanis|Afghans|lives|aid workers|worshippers|schools?|hospitals?|apartments?|maternity|intellectuals"
    r"|activists|protesters)"
)
_FIGHTERS = (
    r"(?:operatives?|fighters?|militants?|terrorists?|insurgents?|associates|commanders?|leaders?|soldiers?|troops)"
)
_GOODS = r"(?:aid|assistance|relief|vaccines?|doses|supplies|food|medicines?|trucks)"
_PEACE = r"(?:peace|(?:political|negotiated|lasting|comprehensive|peaceful) (?:\w+ )?(?:settlement|solution|resolution)|settlement|normali[sz]ation)"
_MEASURES = r"(?:sanctions?|export controls?|tariffs?|restrictions?|measures|price cap|embargo|costs)"
_TALKS = r"(?:talks|discussions|consultations|negotiations|dialogue|diplomacy)"

DEEDS = {
    "ceasefire-declared": [
        rf"(?:agree[ds]?|announc(?:e[ds]?|ing)|declar(?:e[ds]?|ing)|broker(?:ed|ing|s)?|reach(?:ed|ing)?|sign(?:ed|ing)?|secured?|negotiated|concluded)~ {_CEASEFIRE}",
        rf"{_CEASEFIRE} (?:was|has been|is|were) (?:agreed|announced|declared|reached|signed)",
    ],
    "ceasefire": [rf"{_CEASEFIRE} (?:took effect|came into (?:force|effect)|went into effect|began|holds|held|is in (?:force|effect))"],
    "ceasefire-ended": [
        rf"{_CEASEFIRE} (?:(?:has|have|had) )?(?:ended|collapsed|expired|broke down|broken down|fell apart)",
        rf"(?:ended|renounced?|renounces|abandoned|withdr(?:ew|awn) from)~ {_CEASEFIRE}",
    ],
    "ceasefire-violation": [
        rf"(?:violat(?:ed?|es|ing|ions?)|breach(?:ed|es|ing)?|br(?:oke|oken|eaking))(?: of)?~ {_CEASEFIRE}",
        rf"{_CEASEFIRE} (?:violations?|breach(?:es)?)",
    ],
    "agreement": [
        rf"(?:sign(?:ed|s|ing)?|initial(?:l?ed|ing)|conclud(?:ed|e|ing)|finali[sz](?:ed|e|ing)|reach(?:ed|ing)?|struck|join(?:ed|ing))(?: of)?~~ {_DEAL}",
    ],
    "agreement-in-principle": [
        r"(?:have|has|had|both|two|sides|leaders|they|we|presidents?|ministers?|countries) (?:also )?agreed to",
    ],
    "cooperation": [
        r"(?:resumed|restored|re-?opened|is re-?opening|re-?established|normali[sz]ed)~ (?:diplomatic (?:relations|ties)|relations|ties|trade|flights|embass(?:y|ies)|border|railway|cooperation)",
    ],
    "line-established": [
        r"(?:line|zone|corridor|buffer|demarcation)\b[^.;]{0,60}?\bestablish(?:ed|es|ing)",
        r"establish(?:ed|es|ing)~ (?:line of contact|buffer zone|zone|corridor|demilitari[sz]ed)",
    ],
    "withdrawal": [
        rf"(?:withdr(?:ew|awn|awing|awals?|aws?)|pull(?:ed|ing|s)? (?:out|back)|drew down|draw(?:ing)? down|drawdown)(?: of)?~ {_FORCES}",
        rf"{_FORCES}~ (?:withdr(?:ew|awn|awing|awals?|aws?)|pull(?:ed|ing) (?:out|back)|redeployed|left)",
        r"(?:withdr(?:ew|awn|awing)|pulled out) (?:from|of|in) (?-i:[A-Z])",
    ],
    "prisoner-release": [
        rf"(?:releas(?:ed|es|ing)|fre(?:ed|eing)|exchang(?:ed|es|ing)|swap(?:ped|ping)|returned|repatriat(?:ed|ing)|brought home|handed over|release of)~ {_HELD}",
        rf"{_HELD}~ (?:(?:were|was|been|be|are|being) )?(?:released|freed|exchanged|swapped|returned|coming home)",
        r"(?:releas(?:ed|e of)|freed)(?= (?-i:[A-Z]))|secured the (?:release|freedom|return)",
    ],
    "phone-call": [
        r"(?:phone|telephone|video|secure|conference|joint|congratulatory) calls?",
        r"(?:had|held|has|have|another|a|his|her|that|this|the|their|joined|convened)(?: \w+){0,2} calls? (?:with|between|to|took place|today|yesterday)",
        r"(?:spoke|spoken|speaks?|speaking)(?: \w+ly| again| directly| separately| earlier| today| yesterday| by (?:phone|telephone|video))* (?:with|to)(?! (?:reporters|the press|you|that|this|it|about|what|the media|how|why|where|when|any|the (?:importance|fact|implementation|issue|question|specifics|timing)))",
        r"(?:spoke|spoken|speak|talked) (?:by|over|on the) (?:phone|telephone|video)",
        r"(?:call(?:ed)?|phoned|telephoned)(?= (?:Mr\.|(?:the |his |her |our )?(?:[a-z]+ )?(?:President|Prime|Minister|Chancellor|King|Crown|Foreign|Secretary|General)\b))",
        r"talked (?:with|to)(?= (?-i:[A-Z])| his| her| the (?:president|prime|foreign))",
        r"video-?conference|conversation with",
    ],
    "meeting": [
        r"met(?: \w+ly| again| today| yesterday| earlier| virtually| here| in person| in (?-i:[A-Z])\w+)* with",
        r"met(?= (?-i:[A-Z])| (?:his|her) counterpart| (?:today|yesterday|earlier|last|on|in|at)\b)",
        r"meet(?:s|ing)?(?: \w+ly| again| today| tomorrow| here)? with",
        r"(?:will|to|going to) meet(?= (?:on|in|at|here|today|tomorrow|this|next|the|(?-i:[A-Z])))",
        r"(?:bilateral|trilateral|quadrilateral|ministerial|pull-aside|virtual|in-person|first|second|last|joint|his|her|their|my|a|the|our|warm|foreign leader)(?: \w+)? meetings? (?:with|between|of|in|at|on|here|abroad)",
        r"(?:met|meeting|sat down|gathered|convened|convenes|summit) (?:together|at|in|between|with|of)",
        r"(?:host(?:ed|s|ing)?|welcom(?:ed|es|ing))~ (?:leaders?|ministers?|president|chancellor|king|summit|meeting|delegation|talks|conference|at the White House|to the White House)",
        r"(?:bilateral|trilateral|summit|bilat)s?(?= (?:with|between|meeting|in|on))",
        r"(?:attend(?:ed|s|ing)?|participat(?:e[ds]?|ing) in|took part in)~ (?:summit|meeting|conference|ministerial|talks|trilateral|bilateral)",
        r"(?:had|held|have had)(?: \w+){0,3} (?:discussions?|meetings?|exchange)(?= (?:of|with|on|about))",
    ],
    "visit": [
        r"visit(?:ed|s|ing)?(?! (?:www|http))(?= (?:to|with|by|of|from|in|the|here|our|his|tomorrow|today|next|(?-i:[A-Z])|\w+ next|last|this|on))",
        r"travel(?:l?ed|s|l?ing)? (?:\w+ )?to|trip(?: \w+)? to|flew to|arriv(?:ed|es|ing) in|went (?:over )?to (?:the )?(?-i:[A-Z])|heads to|headed to|en route to",
        r"(?:will|to) travel(?: \w+)? to|(?:state|official) visit|welcome ceremony|welcoming (?-i:[A-Z])",
    ],
    "negotiation": [
        r"negotiat(?:ed|ing)(?: \w+)?(?= (?:with|between|on|in|to|over|for|about|a|the|,))",
        rf"{_TALKS} (?:continue[ds]?|resumed?|began|begin|started|took place|(?:are|is|were) (?:under way|underway|ongoing|continuing|not stalled|stalled))",
        rf"(?:engag(?:ed|ing) in|held|holding|continu(?:ed|ing)|launch(?:ed|ing)?|resum(?:ed|ing))(?: \w+){{0,3}} {_TALKS}|reaching out to|working group on",
    ],
    "mediation": [
        r"mediat(?:ed|ing|ion|ors?|es?)|shuttle diplomacy|good offices|peacemaking",
        r"facilitat(?:ed|ing|es)|broker(?:ed|ing|s)(?= (?:peace|an?|the))",
    ],
    "rejection": [
        rf"(?:rejected|turned down|rebuffed)~ (?:proposals?|offers?|deal|terms|{_TALKS}|invitations?|{_CEASEFIRE}|plans?|mediation|demands?)",
        r"refus(?:ed|es|ing) to (?:meet|talk|negotiate|attend|engage|sit down|come to the table|accept)",
    ],
    "statement": [
        r"tweet(?:ed|s)?|statements? (?:by|from|yesterday|today|last)|(?:put out|released?|issued|gave|made|publish(?:ed)?)(?: \w+){0,3} (?:statement|readout|remarks|speech|address|communiqu[eé]|op-ed)",
        r"comments (?:made|that|by|from)|speech(?= (?:in|at|on|to|by|several|last|yesterday|today))|op-ed|joint statement|communiqu[eé]",
        r"announc(?:ed|es|ing|ement)|pledged|vowed|testified|addressed the|delivered remarks",
        r"(?:raised|expressed|voiced|shared|conveyed|underscored)~ concerns?|concerns? (?:about|over)(?=~ (?:action|attack|troop|aggression|abuse|violation|program|activit|human rights))",
    ],
    "appeal": [
        r"urg(?:ed|es|ing)|call(?:ed|ing|s) (?:up)?on(?! (?:you|the phone|a reporter))|call(?:ed|ing|s) for|calling (?:both|all|the)|appeal(?:ed|s|ing)? (?:to|for)",
        r"demand(?:ed|s|ing)|implor(?:ed|es|ing)|encourag(?:ed|es|ing)|press(?:ed|es|ing) (?:for|(?:the )?(?-i:[A-Z])\w+)|(?:asked|requested) (?:the )?(?-i:[A-Z])\w+(?: \w+){0,3} to|request(?:ed)? (?:today )?that",
    ],
    "condemnation": [
        r"condemn(?:ed|s|ing|ations?)?|denounc(?:ed?|es|ing)|deplor(?:ed?|es|ing)|critici[sz](?:ed|es|ing)|rebuk(?:ed|es|ing)|decried|object(?:ed|s) to",
    ],
    "accusation": [
        r"accus(?:ed?|es|ing|ations?)|alleg(?:ed|es?|ing|ations?)|blam(?:ed?|es|ing)|attribut(?:ed?|es|ing|ion)~ (?:to|of)|(?:hold|holds|held|holding)~ (?:responsible|accountable)",
        r"false(?:-| )flag|disinformation|fabricat(?:ed?|ing)|intelligence (?:indicates|shows|suggests)",
    ],
    "threat": [r"threaten(?:ed|s|ing)?(?= (?:to|with|that|the|by|(?-i:[A-Z])))|warn(?:ed|s|ing) (?:that|of|against|the|(?-i:[A-Z]))|ultimatum|saber(?:-| )rattling"],
    "troop-movement": [
        r"troop (?:movements?|deployments?|build-?ups?)|military build-?up|build-?up of|escalatory (?:measures|steps|actions)",
        rf"(?:deploy(?:ed|s|ing|ments?)?|mov(?:ed?|ing|es|ements?)|mass(?:ed|ing)|amass(?:ed|ing)?|sent|send(?:ing)?|(?:re)?position(?:ed|ing)|concentrat(?:ed|ing)|stag(?:ed|ing))(?: of| in)?~ {_FORCES}",
        rf"{_FORCES}~ (?:mov(?:ed|ing)|deployed|entered|crossed|massed|amassed|along the border|on the border|at the border|to the border)",
    ],
    "mobilisation": [
        r"mobili[sz](?:ed|es|ing|ations?)(?=~ (?:troops|forces|reserv|army|military|men|\.|,))|call(?:ed|s|ing) up~ reserv|conscript(?:ed|ion|s)?|(?:general|partial) mobili[sz]ation",
    ],
    "protest": [
        r"protests? (?:in|at|outside|across)(?= (?-i:[A-Z])|the)|protest against|(?:mass|peaceful|anti-government|nationwide) (?:protests|demonstrations?)|took to the streets|went on strike",
    ],
    "coercion": [
        r"(?:arrested|jailed|imprisoned)(?= (?-i:[A-Z])|the|an?|two|three|several)|(?:arrest|detention) of (?-i:[A-Z])\w+ (?-i:[A-Z])|extended~ detention|cyber ?attacks? (?:on|against) (?:the )?(?-i:[A-Z])",
        r"(?:blocked|blocking|closed|closing|blockaded|blockading)~ (?:roads?|corridor|ports?|convoys?|borders?|airspace|crossings?|strait)",
    ],
    "clash": [
        r"clash(?:ed|es|ing)?|fighting (?:in|between|around|near|has|continues|along|broke|erupted)|fought|firefights?|skirmish(?:es|ed)?|ambush(?:ed|es)?|entered the war",
        r"invad(?:ed|ing)|attack(?:ed|ing|s)? (?:on |against |by )?(?:the )?(?-i:[A-Z])|(?:military|assault|ground|special|counterterrorism|capture|precision) operation",
        rf"(?:killed|eliminated|captured|death of)~ (?:{_FIGHTERS})|seiz(?:ed|ing)~ (?:territory|plant|city|town|vessel|ship|control)|occupied",
    ],
    "strike": [
        r"shell(?:ed|ing)|(?:air|missile|drone|rocket|artillery|UAV|retaliatory|precision|counterterrorism)(?:-| )?(?:strikes?|attacks?|fire|barrages?)|airstrikes?|strikes? (?:on|against)|(?:took|taken|conducted|carried out|launched)(?: \w+){0,3} strikes?",
        r"bomb(?:ed|ing|ings|ardment|ards?)(?! cyclone)|(?:launch(?:ed|es|ing)?|fir(?:ed|ing))~ (?:missiles?|drones?|rockets?|UAVs?|attacks?)|missile (?:tests?|launch(?:es)?)|shot down|shoot(?:ing)? down|struck(?= (?:a|an|the|targets|(?-i:[A-Z])))",
    ],
    "violence-against-civilians": [
        rf"(?:kill(?:ed|ing|ings|s)?|murder(?:ed|s|ing)?|slaughter(?:ed|ing)?|target(?:ed|ing|s)?|attack(?:ed|ing|s)|hit|shot|execut(?:ed|ing)|massacr(?:ed|ing)|deport(?:ed|ing)|abduct(?:ed|ing)|kidnapp(?:ed|ing)|bomb(?:ed|ing)|terrori[sz](?:ed?|ing))(?: of)?~ {_CIVILIANS}",
        rf"{_CIVILIANS}~ (?:were|was|have been|had been|has been)~ (?:killed|murdered|massacred|deported|marched|exterminated|lost|slaughtered|wounded)",
        r"(?:committed|committing|perpetrated|carried out)~ (?:massacres?|genocide|atrocit(?:y|ies)|war crimes?|terrorism|terrorist attacks?|crimes against humanity)|assassinated|poisoned|tortured|bore the brunt",
    ],
    "humanitarian-aid": [
        rf"(?:provid(?:ed?|es|ing)|deliver(?:ed|s|ing|y)?|sen(?:d|t|ding)|donat(?:ed?|ing|ion)|announc(?:ed|ing)|ship(?:ped|ping|ment)?|airdrop(?:ped|s|ping)?)(?: of)?~ {_GOODS}(?! sharing)|airdrops?",
        r"humanitarian operation|(?:commit(?:ted|ting)?|contribut(?:ed?|ing)|pledg(?:ed?|ing)) (?:to contribute )?(?:up to )?\$[\d.]+",
    ],
    "displacement": [
        r"displac(?:ed|ing)|refugees? (?:who|fleeing|have)|fle(?:d|eing)|evacuat(?:ed|es|ing)|expelled|forced (?:from|out|to leave)",
    ],
    "sanctions": [
        rf"sanction(?:ed|ing)(?= (?-i:[A-Z])| the| \d| \w+ (?:individuals|entities|officials))|(?:impos(?:ed|ing|es?|ition)|announc(?:ed|ing|es?)|levied|adopt(?:ed|ing)|expand(?:ed|ing)|tak(?:e|en|ing)|took|appl(?:y|ied))(?: of| on)?~ {_MEASURES}",
        r"disconnect(?:ed|ing)?~ from SWIFT|remov(?:ed?|es|ing)~ from~ SWIFT|(?:fr(?:oze|eez(?:e|ing))|seiz(?:ed?|ing)|block(?:s|ed|ing)?)~ (?:assets|ship|yachts?|property|reserves)|designat(?:ed|es|ing)|(?:target|isolat(?:ed?|ing))~ (?:bank|financial system|economy)",
    ],
}  # fmt: skip

DATED_NOUNS = {
    "ceasefire": [_CEASEFIRE, r"humanitarian pauses?"],
    "agreement": [_DEAL, r"partnership, which was established"],
    "withdrawal": [r"withdrawal|drawdown"],
    "phone-call": [r"calls?"],
    "meeting": [r"meetings?|summit|conference|ministerial"],
    "visit": [r"visit|trip"],
    "negotiation": [rf"{_TALKS}|working group"],
    "clash": [r"invasion|incursion|offensive|hostilities|battle|(?<!prisoner\Wof\W)(?<!prisoners\Wof\W)(?<!laws\Wof\W)war(?= (?:in|with|between|against|on))|aggression"],
    "strike": [r"strikes?|missiles?"],
    "violence-against-civilians": [
        r"massacres?|genocide|atrocit(?:y|ies)|war crimes?|ethnic cleansing|assassination|poisoning|terror(?:ist)? attacks?|suicide bomb(?:ing|er)s?|hostage-taking|attacks?",
    ],
    "humanitarian-aid": [r"humanitarian (?:assistance|aid|relief|corridors?|access|convoys?)"],
    "displacement": [r"displacement|evacuations?|expulsion|exodus"],
    "sanctions": [r"sanctions|export controls?|embargo|tariffs?|price cap|visa (?:bans?|restrictions?)"],
}  # fmt: skip

REPORTING = {
    "statement": [
        r"(?:did )?(?:said|says|stated|remark(?:ed)?|not(?:ed)|stress(?:ed)?|underscor(?:ed?|es)|emphasi[sz](?:ed?|es)|mention(?:ed)?|caution(?:ed)?|reiterat(?:ed?|es)|reaffirm(?:ed)?|affirm(?:ed)?|convey(?:ed)?|indicat(?:ed?)|acknowledg(?:ed?)|express(?:ed|es)?|praised|commended|thanked|appreciated|congratulated|offered|proposed|declared|welcomed|recogni[sz]ed|told|explained|insisted|claimed|raised|highlighted|outlined|laid out|wrote|argued)",
        r"(?:has been|was|is|made|has made)(?: \w+)? clear|has (?:said|stated|told|indicated|written|called)",
    ],
    "accusation": [r"(?:is|was|are|were) responsible for"],
}  # fmt: skip

_NOW = r"(?:['’](?:re|m|ve)|(?: do| did)? (?:want to|would like to)|(?: \w+ly| also| again| now| do| are| am| have| still| continue to| continuing to| would| certainly| all)*)"
_I = r"(?:we|I)"
_BADLY = r"(?:very |deeply |gravely |seriously |extremely |profoundly |particularly |increasingly |incredibly )"

PERFORMATIVE = {
    "condemnation": [
        rf"{_I}{_NOW} (?:condemn|denounce|deplore|reject)\b|(?:condemns|denounces|deplores|rejects)\b|united,?~ in condemning",
        r"(?:are|am|is|remains?|['’](?:re|m))(?: \w+ly)? (?:outraged|appalled)(?: at| by| over| that)",
        r"(?:is|are|was|were)(?: (?:also|simply|just|completely|totally|absolutely|utterly|wholly|both|\w+ly))* (?:unacceptable|irresponsible|outrageous|reprehensible|unjustified|unjustifiable|provocative|abhorrent|horrific|heinous|despicable|deplorable|destabili[sz]ing|inexcusable|unconscionable|disgraceful|illegitimate)",
    ],
    "appeal": [
        rf"{_I}{_NOW} (?:urge|urging|call (?:up)?on|calling (?:up)?on|call for|calling for|ask|encourage|encouraging|implore|appeal to|demand|demanding)\b|(?:urges|calls (?:up)?on|calls for|demands)\b|(?:stand|join) (?:together )?in calling for",
        r"(?:just )?(?:needs? to|must|should|has to|have to|ought to)\b(?! (?:be clear|say|note|tell))|need for (?-i:[A-Z])\w+(?= (?:and (?-i:[A-Z])\w+ )?to )",
    ],
    "threat": [
        r"will(?: \w+){0,3} (?:consequences|costs)|(?:prepared|ready) to (?:respond|impose|defend|use)|will (?:respond (?:decisively|forcefully|swiftly)|defend every inch|impose)",
    ],
    "statement": [
        rf"(?:committed to|supports?|supporting|support for|working|continue to (?:support|work)|engaged)(?=~~ {_PEACE})",
        rf"{_I}{_NOW} (?:monitoring|watching|tracking|following)(?! up)(?= )",
        rf"{_BADLY}(?:concern(?:ed|ing)|troubled|troubling|alarmed|disturbed|disturbing)|(?:are|am|is|remains?|continue to be|['’](?:re|m)) (?:concerned|alarmed|troubled|disturbed)(?: about| by| over| that)|{_I}{_NOW} regret\b|regrets\b",
        rf"{_I}{_NOW} (?:pause to )?(?:welcomed?|recogni[sz]e|reaffirm|reiterate|affirm|commend|applaud|congratulate|honou?r|mourn|remember|stand (?:with|by)|express|extend|pledge|renew|support|acknowledge|pray|pause|commemorate|grieve|recommit|join(?=~ in)|bear witness)\b",
        r"(?:welcomes|recogni[sz]es|reaffirms|reiterates|affirms|commends|applauds|congratulates|stands (?:with|by|ready)|honou?rs|mourns|commemorates|supports|underscores)\b|(?:remains?|is|are|am|['’]re)(?: \w+)? (?:committed to|unwavering in|concerned by the)|(?:Member States,[^.;]{0,160}?|and the European Union(?: and its Member States)?,?) reaffirm|people (?:continue to )?honou?r",
    ],
}  # fmt: skip


DEED, NOUN, REPORTED, PERFORMING = "deed", "noun", "telling", "saying"
_BETWEEN = r"(?:\s++[\w$.,'’“”-]++){0,6}?"


@dataclass(frozen=True, slots=True)
class Trigger:
    start: int  # in the sentence
    end: int
    words: str
    event_type: str  # slug
    kind: str  # DEED, NOUN, TELLING or SAYING

    @property
    def is_performative(self) -> bool:
        """Return whether it is done by the speaker, in the briefing itself."""
        return self.kind == PERFORMING


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    words = "|".join(f"(?:{pattern})" for pattern in patterns).replace(" ", r"(?:\s++)").replace("~", _BETWEEN)
    return re.compile(rf"(?<![\w-])(?i:{words})(?!\w)")


_PATTERNS = {
    kind: {slug: _compiled(patterns) for slug, patterns in table.items()}
    for kind, table in ((DEED, DEEDS), (NOUN, DATED_NOUNS), (REPORTED, REPORTING), (PERFORMING, PERFORMATIVE))
}


@lru_cache(maxsize=20_000)  # sentences: a source is read again after each event that is entered from it
def find_triggers(sentence: str, *, may_say: bool) -> tuple[Trigger, ...]:
    """Return the triggers; `may_say`: whether it is not a question."""
    return tuple(_find_triggers(sentence, may_say))


def _find_triggers(sentence: str, may_say: bool) -> Iterator[Trigger]:
    for kind, table in _PATTERNS.items():
        if kind == PERFORMING and not may_say:
            continue
        for slug, pattern in table.items():
            for match in pattern.finditer(sentence):
                yield Trigger(*match.span(), " ".join(match[0].split()), slug, kind)
