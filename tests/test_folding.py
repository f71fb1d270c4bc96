import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.folding import fold
from timeline.text.sound_keys import sound_key, sound_keys


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        (" –!… ", ""),
        ("Ceasefire", " ceasefire "),
        ("Nagorno-Karabakh: the  “Minsk Group”!", " nagorno karabakh the minsk group "),
        ("there’s U.S. mediation", " there s u s mediation "),
        ("Ağdam, Şuşa, Bakı, İlham", " agdam susa baki ilham "),
        ("Ag\u0306dam", " agdam "),
        ("Łódź Ørsted STRASSE straße", " lodz orsted strasse strasse "),
        ("cease\xadfire zero\u200bwidth", " ceasefire zerowidth "),
        ("Ереван й", " ереван и "),
        ("مِصر می\u200cخواهم", " مصر میخواهم "),
        ("ℋ ﬁ ² ①", " h fi 2 1 "),
        ("100% of snake_case", " 100 of snake case "),
    ],
)
def test_fold_gives_plain_words_between_spaces(text, folded):
    assert fold(text) == folded


def test_fold_makes_a_prefix_of_a_word_findable():
    folded = fold("The cease-fire and the Ceasefire")
    assert [" ceasefi" in folded, " fire" in folded, " easefire" in folded] == [True, True, False]


@given(st.text())
def test_fold_changes_nothing_the_second_time(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_leaves_words_and_single_spaces(text):
    assert re.fullmatch(r"( [^\W_]+)+ |", fold(text))


@given(st.text(), st.text())
def test_fold_of_two_texts_is_the_words_of_both(text, other):
    assert fold(f"{text} | {other}").split() == fold(text).split() + fold(other).split()


@pytest.mark.parametrize(
    "spellings",
    [
        "Pashinyan Pashinian Pasinyan Pachinian Пашинян Փաշինյան",
        "Aliyev Aliev Aliew Алиев Əliyev Ալիև",
        "Azerbaijan Azerbajan Azerbeidjan Азербайджан",
        "Zelensky Zelenskyy Zelenskyj Зеленський",
        "Yerevan Erevan Ереван",
        "Erdoğan Erdogan Эрдоган",
        "Khartoum Hartum Хартум",
        "Bayramov Bairamov Байрамов",
    ],
)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({sound_key(word) for word in spellings.split()}) == 1


def test_other_names_have_other_keys():
    names = ("Iran", "Armenia", "Iraq", "Russia", "Georgia", "Turkey", "Ukraine", "Lachin", "Kapan")

    assert len({sound_key(name) for name in names}) == len(names)


def test_keys_of_all_names_each_once():
    assert sound_keys("Nikol Pashinyan", "Пашинян", "P.M. of Armenia", "—") == " nkl psn pm af armn "
    assert sound_keys("—", "") == ""


@given(st.text(max_size=30))
def test_every_word_has_a_key_of_plain_letters(text):
    assert set(sound_key(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")
