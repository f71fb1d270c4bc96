"""Names of months and days of the week in nine languages, in the forms in which they are in dates. Sources: CLDR 47; the
endings, grammars.
"""

LANGUAGES = ("en", "fr", "ru", "uk", "hy", "az", "tr", "ka", "ar")

_ENGLISH = """
    january jan | february feb | march mar | april apr | may | june jun | july jul | august aug
    | september sep sept | october oct | november nov | december dec"""
_FRENCH = """
    janvier janv | février fevrier févr fevr | mars | avril avr | mai | juin | juillet juil | août aout
    | septembre | octobre | novembre | décembre decembre déc"""
_RUSSIAN = """
    январь января январе янв | февраль февраля феврале фев февр | март марта марте мар | апрель апреля апреле апр
    | май мая мае | июнь июня июне июн | июль июля июле июл | август августа августе авг
    | сентябрь сентября сентябре сен сент | октябрь октября октябре окт | ноябрь ноября ноябре ноя нояб
    | декабрь декабря декабре дек"""
_UKRAINIAN = """
    січень січня січні січ | лютий лютого лютому лют | березень березня березні бер | квітень квітня квітні квіт
    | травень травня травні трав | червень червня червні черв | липень липня липні лип
    | серпень серпня серпні серп | вересень вересня вересні вер | жовтень жовтня жовтні жовт
    | листопад листопада листопаді лист | грудень грудня грудні груд"""
_STEMS = {  # stems that take the endings below
    "hy": "հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ka": "იანვარ თებერვალ მარტ აპრილ მაის ივნის ივლის აგვისტო სექტემბერ ოქტომბერ ნოემბერ დეკემბერ",
}
_ENDINGS = {
    "hy": ["", "ի", "ին", "ը", "ում"],
    "az": ["", *(f"{a}{b}" for a in ("", "ın", "in", "un", "ün") for b in ("", "da", "də")), "a", "ə"],
    "tr": ["", "da", "de", "ta", "te", "ın", "in", "un", "ün", "a", "e"],
    "ka": ["", "ი", "ს", "ში", "ის"],
}
FROM, UP_TO = "ablativecase", "terminativecase"  # the words that stand for the endings "from" and "up to"
CASES = {  # what an ending says of the date that it ends
    FROM: {"hy": ["ից"], "az": ["dan", "dən"], "tr": ["dan", "den", "tan", "ten"], "ka": ["იდან", "დან"]},
    UP_TO: {"az": ["adək", "ədək", "dək", "nadək"], "ka": ["ამდე", "მდე"]},
}
_IRREGULAR = {"tr": {1: ["ocağın"], 12: ["aralığın"]}, "ka": {2: ["თებერვლის", "თებერვალს", "თებერვალში"]}}
_ABBREVIATIONS = {
    "hy": "հնվ փտվ մրտ ապր մյս հնս հլս օգս սեպ հոկ նոյ դեկ",
    "az": "yan fev mar apr may iyn iyl avq sen okt noy dek",
    "tr": "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "ka": "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ",
}
_ARABIC = """
    يناير كانون_الثاني | فبراير شباط | مارس آذار اذار | أبريل ابريل إبريل نيسان | مايو ماي أيار ايار | يونيو يونيه حزيران
    | يوليو يوليه يوليوز تموز | أغسطس اغسطس غشت آب | سبتمبر شتنبر أيلول ايلول | أكتوبر اكتوبر تشرين_الأول تشرين_الاول
    | نوفمبر نونبر تشرين_الثاني | ديسمبر دجنبر كانون_الأول كانون_الاول"""


def _listed(names: str) -> dict[str, int]:
    return {name: number for number, forms in enumerate(names.split("|"), 1) for name in forms.split()}


def _inflected(language: str) -> dict[str, int]:
    stems = enumerate(_STEMS[language].split(), 1)
    forms = {f"{stem}{ending}": number for number, stem in stems for ending in _ENDINGS[language]}
    irregular = {form: number for number, others in _IRREGULAR.get(language, {}).items() for form in others}
    return forms | irregular | {name: number for number, name in enumerate(_ABBREVIATIONS[language].split(), 1)}


def _cased(case: str) -> dict[str, tuple[int, int, str]]:
    """Return the forms with an ending of this case: the month, and how many letters the ending has."""
    forms: dict[str, tuple[int, int, str]] = {}
    for language, endings in CASES[case].items():
        for number, stem in enumerate(_STEMS[language].split(), 1):
            stems = [stem, *(f"{stem}{genitive}" for genitive in ("ın", "in") if language == "az")]
            stems += ["თებერვლ"] if stem == "თებერვალ" else []
            forms |= {f"{written}{ending}": (number, len(ending), case) for written in stems for ending in endings}
    return forms


ENGLISH = _listed(_ENGLISH)
BY_LANGUAGE = {  # language -> form in lower case -> month; "_" parts the words of a name
    "en": ENGLISH,
    "fr": _listed(_FRENCH),
    "ru": _listed(_RUSSIAN),
    "uk": _listed(_UKRAINIAN),
    **{language: _inflected(language) for language in _STEMS},
    "ar": _listed(_ARABIC),
}
MONTHS = {form: number for names in reversed(BY_LANGUAGE.values()) for form, number in names.items()}
CASED = _cased(FROM) | _cased(UP_TO)  # form in lower case -> month, letters of the ending, its case
HIJRI = frozenset(
    [
        "muharram",
        "safar",
        "rabi",
        "jumada",
        "rajab",
        "shaban",
        "sha'ban",
        "ramadan",
        "ramadhan",
        "ramazan",
        "shaaban",
        "sha'aban",
        "şaban",
        "muharrem",
        "şevval",
        "zilhicce",
        "рамадан",
        "мухаррам",
        "shawwal",
        "dhul-qadah",
        "dhu",
        "dhul",
        "zulqada",
        "zilhajj",
        "محرم",
        "صفر",
        "ربيع",
        "جمادى",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
    ]
)
SOLAR_HIJRI = frozenset(
    [
        "farvardin",
        "ordibehesht",
        "khordad",
        "tir",
        "mordad",
        "amordad",
        "shahrivar",
        "mehr",
        "aban",
        "azar",
        "dey",
        "bahman",
        "esfand",
        "hamal",
        "sawr",
        "jawza",
        "saratan",
        "asad",
        "sunbula",
        "mizan",
        "aqrab",
        "qaws",
        "jadi",
        "dalw",
        "hut",
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ]
)


NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_DAYS = (
    "monday mon | tuesday tue tues | wednesday wed | thursday thu thurs thur | friday fri | saturday sat | sunday sun"
)
_OTHER_DAYS = (
    "lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche",
    "понедельник пн | вторник вт | среда среду ср | четверг чт | пятница пятницу пт | суббота субботу сб | воскресенье вс",
    "понеділок | вівторок | середа середу | четвер | п'ятниця п'ятницю | субота суботу | неділя неділю",
    "երկուշաբթի | երեքշաբթի | չորեքշաբթի | հինգշաբթի | ուրբաթ | շաբաթ | կիրակի",
    "pazartesi | salı | çarşamba | perşembe | cuma | cumartesi | pazar",
    "bazar_ertəsi | çərşənbə_axşamı | çərşənbə | cümə_axşamı | cümə | şənbə | bazar",
    "ორშაბათი ორშაბათს | სამშაბათი სამშაბათს | ოთხშაბათი ოთხშაბათს | ხუთშაბათი ხუთშაბათს | პარასკევი პარასკევს | შაბათი შაბათს"
    " | კვირა კვირას",
    "الاثنين الإثنين | الثلاثاء | الأربعاء | الخميس | الجمعة | السبت | الأحد",
)


def _days(names: str, is_english: bool) -> dict[str, tuple[int, bool]]:
    numbered = enumerate(names.split("|"))
    return {form: (number, is_english) for number, forms in numbered for form in forms.split()}


WEEKDAYS = {form: day for names in _OTHER_DAYS for form, day in _days(names, False).items()} | _days(
    _ENGLISH_DAYS, True
)
