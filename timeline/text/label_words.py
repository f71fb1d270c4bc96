"""The words by which a label of a transcript is known: who asks, roles and offices, and what heads a list instead.

English words are in capitals, as labels print them. Those of other languages are compared by `word_key`, in whatever
letters they are printed.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def word_key(word: str) -> str:
    """Return what two spellings of one word have in common: small letters, the Turkish i's as one."""
    return word.casefold().replace("i\u0307", "i").replace("ı", "i")


# Questions and those who ask, by language: Russian, Ukrainian, Armenian, Azerbaijani, Turkish, Georgian, Arabic, Persian,
# French, Spanish, German.
_FOREIGN_ASKING = """вопрос журналист журналистка корреспондент
    запитання питання журналіст журналістка кореспондент кореспондентка
    հարց լրագրող թղթակից
    sual jurnalist müxbir
    soru gazeteci muhabir
    კითხვა შეკითხვა ჟურნალისტი კორესპონდენტი
    سؤال السؤال صحفي صحفية الصحفي مراسل المراسل
    سوال پرسش خبرنگار
    journaliste
    pregunta periodista entrevistador entrevistadora
    frage zusatzfrage journalist journalistin reporterin"""
_FOREIGN_HOSTS = (
    "ведущий ведущая ведучий ведуча հաղորդավար aparıcı sunucu წამყვანი المذيع مجری"  # may ask, or lead through
)
_FOREIGN_ANSWERING = """ответ
    відповідь
    պատասխան
    cavab
    cevap yanıt
    პასუხი
    جواب الجواب إجابة
    پاسخ
    réponse
    respuesta
    antwort"""
_FOREIGN_OFFICES = """президент министр премьер-министр посол пресс-секретарь спикер переводчик
    міністр прем'єр-міністр речник речниця перекладач
    նախագահ նախարար վարչապետ դեսպան խոսնակ թարգմանիչ
    prezident nazir səfir sözçü tərcüməçi
    cumhurbaşkanı bakan büyükelçi tercüman
    პრეზიდენტი მინისტრი პრემიერ-მინისტრი ელჩი თარჯიმანი
    الرئيس الوزير السفير المتحدث المترجم
    وزیر سفیر سخنگو رئیس‌جمهور مترجم
    président présidente ministre ambassadeur ambassadrice porte-parole interprète
    presidente presidenta ministro ministra embajador embajadora portavoz intérprete
    präsident präsidentin minister ministerin botschafter botschafterin sprecher sprecherin dolmetscher dolmetscherin"""
FOREIGN_ASKING = frozenset(map(word_key, _words(_FOREIGN_ASKING)))
FOREIGN_ROLES = FOREIGN_ASKING | frozenset(map(word_key, _words(f"{_FOREIGN_ANSWERING} {_FOREIGN_HOSTS}")))
FOREIGN_OFFICES = frozenset(map(word_key, _words(_FOREIGN_OFFICES)))

ASKING = _words("QUESTION QUESTIONER INTERVIEWER REPORTER REPORTERS JOURNALIST CORRESPONDENT")
PROCEDURE = _words("MODERATOR OPERATOR AIDE INTERPRETER TRANSLATOR")  # whose questions are none of the press
ROLES = ASKING | PROCEDURE | _words("ANSWER AUDIENCE PARTICIPANT")
AFTER_OFFICE = _words("OFFICIAL MEMBER")  # never the first word of a label
BEFORE_OFFICE = _words("ACTING AND ASSISTANT DEPUTY FOR FOREIGN OF PRESS PRIME SENIOR THE UNDER VICE")
OFFICES = AFTER_OFFICE | _words(
    """MR MRS MS MISS DR PROFESSOR PRESIDENT SECRETARY MINISTER AMBASSADOR ADMINISTRATOR ADMIRAL DIRECTOR
    CHAIR CHAIRMAN CHAIRWOMAN COMMISSIONER REPRESENTATIVE SENATOR CONGRESSMAN CONGRESSWOMAN GOVERNOR MAYOR
    CHANCELLOR ADVISER ADVISOR ENVOY SPOKESPERSON SPOKESMAN SPOKESWOMAN COLONEL LIEUTENANT"""
)
IN_HEADINGS = _words(
    """A.M AGENDA AT ATTENDEES AUDIO BACKGROUND BRIEFERS BRIEFING BY CONTACT CORRECTION COVID DATE EMBARGOED
    FACT FACTS FROM IN IS LOCATION NATO NOTE NOTES ON OSCE P.M PARTICIPANTS PHOTO PLACE READOUT RELEASE
    REMARKS SENT SHEET SOURCE SOURCES STATEMENT SUBJECT SUMMARY TIME TO TOPIC TOPICS TRANSCRIPT UN UPDATE
    UPDATED VENUE VIDEO WITH"""
)
PARTICLES = _words("al and bin da de del der di dos el for ibn of the van von")

# Of a turn that only greets, thanks or asks for the floor: no answer follows from it.
GREETING = frozenset(
    map(
        word_key,
        _words(
            """a again afternoon all and are back bye can congratulations day dear do doing evening everybody everyone
            follow for gentlemen good great guys happy hear hello hey hi how i just ladies laughter ma'am madam me miss
            morning mr mrs ms much night oh okay ok on one or our please president question quick secretary sir so sorry
            taking thank thanks that the this to today very we welcome well yeah yes you your inaudible crosstalk
            microphone mike off
            добрый доброе день вечер утро здравствуйте спасибо пожалуйста господин госпожа добрий доброго дня вечір дякую
            пане пані բարև ձեզ շնորհակալություն պարոն տիկին salam təşəkkür edirəm cənab xanım merhaba teşekkürler
            teşekkür ederim sayın iyi günler გამარჯობა გმადლობთ მადლობა ბატონო ქალბატონო مرحبا شكرا السيد سلام متشکرم آقای
            خانم bonjour bonsoir merci monsieur madame le la ministre buenos buenas días tardes noches gracias señor señora
            ministro y de muchas guten tag morgen abend danke herr frau vielen minister"""
        ),
    )
)
