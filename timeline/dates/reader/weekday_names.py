"""Names of the days of the week in nine languages, as they stand in dates. Source: CLDR 47."""

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH = (
    "monday mon | tuesday tue tues | wednesday wed | thursday thu thurs thur | friday fri | saturday sat | sunday sun"
)
_OTHERS = (
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


def _listed(names: str, is_english: bool) -> dict[str, tuple[int, bool]]:
    days = enumerate(names.split("|"))
    return {form: (number, is_english) for number, forms in days for form in forms.split()}


WEEKDAYS = {form: day for names in _OTHERS for form, day in _listed(names, False).items()} | _listed(_ENGLISH, True)
