"""Words around dates in French, Russian, Ukrainian, Armenian, Azerbaijani, Turkish, Georgian and Arabic."""

from .month_names import FROM, UP_TO

HEDGES = {
    "vers|vers le|environ|autour du|autour de|aux environs du|aux alentours du|около|примерно|приблизительно|ориентировочно|близько|приблизно|орієнтовно|մոտ|մոտավորապես|շուրջ"
    "|təxminən|yaklaşık|civarında|დაახლოებით|حوالي|نحو": "~",
    "peut être|peut - être|sans doute|вірогідно|probablement|возможно|вероятно|предположительно|можливо|ймовірно|հավանաբար|ehtimal ki|bəlkə|muhtemelen"
    "|belki|სავარაუდოდ|ربما": "?",
}
LIMITS = {  # in front of the date
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
LIMITS_BEHIND = {  # behind the date
    f"önce|əvvəl|առաջ|{FROM} önce|{FROM} əvvəl|{FROM} առաջ|մինչև": "before",
    f"sonra|հետո|შემდეგ|{FROM} sonra|{FROM} հետո": "after",
    f"kadar|qədər|dek|dək|{UP_TO}": "until",
    f"itibaren|etibarən|beri|bəri|սկսած|{FROM}|{FROM} itibaren|{FROM} etibarən|{FROM} beri|{FROM} bəri|{FROM} սկսած|{FROM} ի վեր"
    f"|{FROM} bu yana|{FROM} başlayaraq": "since",
}
SECTIONS = {
    "début|debut|début de|au début de|в начале|начало|начала|началу|на початку|початок|початку|بداية|في بداية|مطلع|أوائل|في أوائل": "beginning",
    "mi -|mi|в середине|середина|середины|в середині|у середині|середини|منتصف|في منتصف": "mid",
    "fin|fin de|à la fin de|la fin de|в конце|конец|конца|концу|наприкінці|в кінці|кінець|кінця|نهاية|في نهاية|أواخر|في أواخر": "end",
}
DAYS = {
    "avant hier|позавчера|позавчора": -2,
    "hier|вчера|вчора|учора|երեկ|dünən|dün|გუშინ|أمس": -1,
    "aujourd'hui|сегодня|сьогодні|այսօր|bu gün|bugün|დღეს|اليوم": 0,
    "demain|завтра|վաղը|sabah|yarın|ხვალ|غدا|غدًا": 1,
}
TO = f"au|à|по|до|на|إلى|حتى|{FROM}"
OR = "ou|ou le|ou du|ou en|или|або|чи|կամ|və ya|yaxud|veya|ya da|ან|أو"
AND = "et|et le|et du|et en|и|і|й|та|և|եւ|və|ve|და|و"
BETWEEN = "entre|entre le|между|між|بين"
FILLERS = "le|la|les|l'|au mois de|mois de|en|du|de|в|во|на|у|года|году|год|г|г .|гг .|року|році|рік|р|р ."
FILLERS += "|թ|թ .|թվականի|թվականին|թվական|il|ili|ilin|ildə|ayı|ayının|yılı|yılının|yılında|წელი|წლის|წელს|წ|წ .|سنة|عام|في|يوم|ayında|günü|ayın|tarixində|tarixi|tarixli|tarihinde|tarihlerinde|tarixlərində|tarihi|tarihli|ilinin|yılı|օրը|شهر|في شهر|من شهر|م|م .|ميلادية|ميلادي|للميلاد"
