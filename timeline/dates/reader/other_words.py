"""Words around dates in French, Russian, Ukrainian, Armenian, Azerbaijani, Turkish, Georgian and Arabic."""

HEDGES = {
    "vers|environ|около|примерно|приблизительно|ориентировочно|близько|приблизно|орієнтовно|մոտ|մոտավորապես|շուրջ"
    "|təxminən|yaklaşık|civarında|დაახლოებით|حوالي|نحو": "~",
    "peut être|probablement|возможно|вероятно|предположительно|можливо|ймовірно|հավանաբար|ehtimal ki|bəlkə|muhtemelen"
    "|belki|სავარაუდოდ|ربما": "?",
}
LIMITS = {  # in front of the date
    "avant|قبل": "before",
    "après|apres|après le|после|після|بعد": "after",
    "au plus tard|до|к|ко|не позднее|не позже|не пізніше|до кінця|до конца": "up to",
    "au plus tôt|не ранее|не раньше|не раніше": "not before",
    "depuis|منذ": "since",
    "jusqu'au|jusqu'à|jusqu'en|вплоть до|մինչև|მდე|حتى": "until",
    "à partir du|à partir de|à partir d'|dès|dès le|начиная с|с|со|починаючи з|з|із|від|من": "from",
}
LIMITS_BEHIND = {  # behind the date
    "önce|əvvəl|առաջ": "before",
    "sonra|հետո|შემდეგ": "after",
    "kadar|qədər|dek": "until",
    "itibaren|etibarən|beri|bəri|սկսած": "since",
}
SECTIONS = {
    "début|debut|début de|в начале|начало|на початку|початок": "early",
    "mi|в середине|середина|в середині|у середині": "mid",
    "fin|fin de|à la fin de|в конце|конец|наприкінці|в кінці|кінець": "late",
}
DAYS = {
    "avant hier|позавчера|позавчора": -2,
    "hier|вчера|вчора|учора|երեկ|dünən|dün|გუშინ|أمس": -1,
    "aujourd'hui|сегодня|сьогодні|այսօր|bu gün|bugün|დღეს|اليوم": 0,
    "demain|завтра|վաղը|sabah|yarın|ხვალ|غدا|غدًا": 1,
}
TO = "au|à|по|до|إلى|حتى"
OR = "ou|или|або|чи|կամ|və ya|yaxud|veya|ya da|ან|أو"
AND = "et|и|і|й|та|և|եւ|və|ve|და|و"
BETWEEN = "entre|между|між|بين"
FILLERS = "le|la|l'|en|au|du|de|в|во|на|у|в ночь на|года|году|год|г|г .|гг .|року|році|рік|р|р ."
FILLERS += "|թ|թ .|թվականի|թվականին|թվական|il|ili|ilin|ildə|ayı|ayının|yılı|yılının|yılında|წელი|წლის|წელს|წ|წ .|سنة|عام|في|يوم|ayında|günü"
