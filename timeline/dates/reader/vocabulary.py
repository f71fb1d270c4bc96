"""The words around dates, and what they mean; first those that are not English."""

from .names import FROM, UP_TO
from .words import Lexicon

_OTHER_HEDGES = {
    "vers|vers le|environ|autour du|autour de|aux environs du|aux alentours du|около|примерно|приблизительно|ориентировочно|близько|приблизно|орієнтовно|մոտ|մոտավորապես|շուրջ"
    "|təxminən|yaklaşık|civarında|დაახლოებით|حوالي|نحو": "~",
    "peut être|peut - être|sans doute|вірогідно|probablement|возможно|вероятно|предположительно|можливо|ймовірно|հավանաբար|ehtimal ki|bəlkə|muhtemelen"
    "|belki|სავარაუდოდ|ربما": "?",
}
_OTHER_LIMITS = {  # in front of the date
    "avant|avant le|avant la|перед|قبل": "before",
    "après|apres|après le|после|після|بعد": "after",
    "au plus tard|au plus tard le|d'ici le|d'ici au|d'ici à|d'ici|до|к|ко|en geç|ən gec|не позже чем|не позднее|не позже|не пізніше|не позднее чем": "up to",
    "au plus tôt|au plus tôt le|не ранее|не раньше|не раніше": "not before",
    "depuis|منذ": "since",
    "jusqu'au|jusqu'à|jusqu'en|вплоть до|аж до|մինչև|حتى|لغاية": "until",
    "à partir du|à partir de|à partir d'|dès|dès le|начиная с|с|со|починаючи з|з|із|від|من|ابتداء من": "from",
    "накануне|напередодні|la veille du|عشية": "the day before",
    "на следующий день после|наступного дня після|le lendemain du": "the day after",
}
_OTHER_LIMITS_BEHIND = {  # behind the date
    f"önce|əvvəl|առաջ|{FROM} önce|{FROM} əvvəl|{FROM} առաջ|մինչև": "before",
    f"sonra|հետո|შემდეგ|{FROM} sonra|{FROM} հետո": "after",
    f"kadar|qədər|dek|dək|{UP_TO}": "until",
    f"itibaren|etibarən|beri|bəri|սկսած|{FROM}|{FROM} itibaren|{FROM} etibarən|{FROM} beri|{FROM} bəri|{FROM} սկսած|{FROM} ի վեր"
    f"|{FROM} bu yana|{FROM} başlayaraq": "since",
}
_OTHER_SECTIONS = {
    "début|debut|début de|au début de|в начале|начало|начала|началу|на початку|початок|початку|بداية|في بداية|مطلع|أوائل|في أوائل": "beginning",
    "mi -|mi|в середине|середина|середины|в середині|у середині|середини|منتصف|في منتصف": "mid",
    "fin|fin de|à la fin de|la fin de|в конце|конец|конца|концу|наприкінці|в кінці|кінець|кінця|نهاية|في نهاية|أواخر|في أواخر": "end",
}
OTHER_DAYS = {
    "avant hier|позавчера|позавчора": -2,
    "hier|вчера|вчора|учора|երեկ|dünən|dün|გუშინ|أمس": -1,
    "aujourd'hui|сегодня|сьогодні|այսօր|bu gün|bugün|დღეს|اليوم": 0,
    "demain|завтра|վաղը|sabah|yarın|ხვალ|غدا|غدًا": 1,
}
_OTHER_TO = f"au|à|по|до|на|إلى|حتى|{FROM}"
_OTHER_OR = "ou|ou le|ou du|ou en|или|або|чи|կամ|və ya|yaxud|veya|ya da|ან|أو"
_OTHER_AND = "et|et le|et du|et en|и|і|й|та|և|եւ|və|ve|და|و"
_OTHER_BETWEEN = "entre|entre le|между|між|بين"
_OTHER_FILLERS = "le|la|les|l'|au mois de|mois de|en|du|de|в|во|на|у|года|году|год|г|г .|гг .|року|році|рік|р|р ."
_OTHER_FILLERS += "|թ|թ .|թվականի|թվականին|թվական|il|ili|ilin|ildə|ayı|ayının|yılı|yılının|yılında|წელი|წლის|წელს|წ|წ .|سنة|عام|في|يوم|ayında|günü|ayın|tarixində|tarixi|tarixli|tarihinde|tarihlerinde|tarixlərində|tarihi|tarihli|ilinin|yılı|օրը|شهر|في شهر|من شهر|م|م .|ميلادية|ميلادي|للميلاد"


_COUNTS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
NUMBERS = {word: number for number, word in enumerate(f"{_COUNTS} eighteen nineteen twenty".split(), 1)}
NUMBERS |= {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
UNITS = {f"{unit}{s}": unit for unit in ("hour", "day", "week", "month", "year", "decade") for s in ("", "s")}
UNITS |= {"century": "century", "centuries": "century"}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month in the north
PARTS_OF_DAY = {"morning", "afternoon", "evening", "night", "noon", "midday"}

HEDGES = Lexicon(
    {
        "on or about|on or around|in or about|in or around|at or around|around|about|approximately|approx .|approx|circa"
        "|ca .|ca|c .|c|~|roughly|some time around|sometime around|sometime about|somewhere around|an estimated|nearly"
        "|almost|close to|more or less|on approximately|on about|on around|the approximate date of": "~",
        "probably|possibly|perhaps|maybe|may be|likely|most likely|very likely|uncertain|reportedly|allegedly|apparently"
        "|presumably|supposedly|seemingly|it seems|believed to be|thought to be|said to be|?": "?",
        "%": "%",
    }
    | _OTHER_HEDGES
)
BEHIND = Lexicon(  # hedges that are behind a date
    {
        "?|( ? )|( uncertain )|, uncertain|, probably|, possibly|, perhaps|, maybe|, reportedly|( probably )|( possibly )"
        "|( reportedly )|( unconfirmed )|, unconfirmed|( ?? )": "?",
        "~|( approx . )|( approx )|( approximate )|( approximately )|( circa )|( about )|( estimated )|, approximately"
        "|, approx .|, or so|or so|or thereabouts|, or thereabouts|civarında": "~",
        "%": "%",
    }
)
LIMITS = Lexicon(
    {
        "before|prior to|ahead of|earlier than|in advance of|in the run up to|in the lead up to|shortly before|just before"
        "|right before|soon before": "before",
        "after|following|later than|shortly after|soon after|just after|right after|immediately after|in the wake of": "after",
        "by|on or before|in or before|no later than|not later than|at the latest by|at the latest|not after|by the latest"
        "|until at most|latest|up to": "up to",
        "not before|no earlier than|not earlier than|no sooner than|not until|on or after|in or after|at the earliest on"
        "|at the earliest|not any earlier than|earliest": "not before",
        "since at least": "since at least",
        "since|ever since|already since": "since",
        "until|till|up until|through|through to|thru|all the way to|as late as until": "until",
        "from|from as early as|as from|effective from|with effect from": "from",
        "beginning on|beginning in|starting on|starting in|beginning|starting": "starting",
        "the eve of|eve of|on the eve of|the day before|the night before": "the day before",
        "the day after|on the day after|the day following|a day after|one day after": "the day after",
        "within days of|days from|in the days around|within a few days of": "days around",
        "within weeks of|in the weeks around": "weeks around",
        "within hours of": "hours around",
        "as early as|already on": "as early as",
        "as late as|as recently as": "on",
    }
    | _OTHER_LIMITS
)
LIMITS_BEHIND = Lexicon(
    {
        "onwards|onward|, onwards|and after|and later|and since|to present|to the present|to the present day|to date|to now|- present|- now"
        "|- today|- ongoing|ongoing|, ongoing|still ongoing|, still ongoing|and still ongoing|until now|until today|till now"
        "|to this day|through the present|through today|- ( present )|- ?": "since",
        "or later|or after|, or later|at the earliest|, at the earliest|+": "not before",
        "or earlier|or before|, or earlier|at the latest|, at the latest|and before": "up to",
        ", end not known": "starting",
        ", start open": "until open",
        ", start not known": "until",
    }
    | _OTHER_LIMITS_BEHIND
)
SECTIONS = Lexicon(
    {
        "early -|early|early in|early on in": "early",
        "the beginning of|beginning of|the start of|start of|the very beginning of|at the beginning of|at the start of": "beginning",
        "mid -|mid|middle of|the middle of|in the middle of": "mid",
        "late -|late|late in": "late",
        "the end of|end of|end -|the very end of|at the end of|at the tail end of|the tail end of|the close of": "end",
        "mid - to late|mid to late|middle to late|mid - to - late": "mid to late",
        "early to mid|early to mid -|early - to - mid": "early to mid",
        "the first half of|first half of|the 1st half of": "first half",
        "the second half of|second half of|the latter half of|the last half of|the 2nd half of": "second half",
        "the first week of|first week of|the first week in": "first week",
        "the second week of|second week of|the second week in": "second week",
        "the third week of|third week of|the third week in": "third week",
        "the fourth week of|fourth week of": "fourth week",
        "the last week of|last week of|the final week of|the last week in": "last week",
    }
    | _OTHER_SECTIONS
)
LEADS = Lexicon(  # words that say that a month or a year behind them is a date
    {
        "back in|back on|back at|on|in|during|throughout|as of|of|this|in the|on the|during the|in the month of|in the year|dated|the month of"
        "|in the year of|for|late on|early on|later on|earlier on|in the early hours of|the early hours of|in the morning of"
        "|in the course of|on the morning of|the morning of|morning of|the dawn of|dawn of|at dawn on|on the afternoon of|on the evening of|the evening of"
        "|the afternoon of|evening of|noon on|midnight on|at noon on|the day of|on the day of|sometime in|some time in|both in|either|either on|either in|both"
        "|on either": "",
    }
)
FILLERS = Lexicon({"the|year|ce|c . e .": "", _OTHER_FILLERS: ""})
TO = Lexicon({f"to|until|till|through|thru|-|up to|through to|to the|{_OTHER_TO}": "to"})
OR = Lexicon({f", or|or|or on|or in|or the|or possibly|or maybe|or perhaps|, or possibly|, or on|{_OTHER_OR}": "or"})
AND = Lexicon({f", and|and|and on|and in|and the|, and on|& |as well as|{_OTHER_AND}": "and"})
BETWEEN = Lexicon(
    {f"between|some time between|sometime between|in between|somewhere between|anywhere between|{_OTHER_BETWEEN}": ""}
)
NIGHT = Lexicon(
    {
        "the night of|the night between|the night from|overnight|overnight on|overnight of|the overnight of|night of|on the night of"
        "|during the night of|in the night of|the nights of|overnight from|overnight between|in the night from|midnight|at midnight on|in the night between"
        "|midnight of|в ночь с|в ночь со|в ніч з|у ніч з|у ніч із|dans la nuit du|la nuit du": "",
        "в ночь на|ночь на|в ніч на|у ніч на|ніч на": "before",  # the night that ends on the day
    }
)
WEEK_OF = Lexicon(
    {
        "the week of|week of|the week beginning|week beginning|the week starting": "week",
        "the weekend of|weekend of|over the weekend of|during the weekend of": "weekend",
    }
)
EVERY = Lexicon(
    {
        "every day from|each day from|every month from|every year from": "",
        "every day up to|every month up to|every year up to": "up",
    }
)
