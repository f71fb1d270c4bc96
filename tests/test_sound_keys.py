import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.sound_keys import sound_key, sound_keys


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
