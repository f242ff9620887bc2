"""Which texts pass as English."""

import pytest

from attribution.errors import LanguageError
from attribution.text import language

OTHERS = {
    "de": "„Die Brücke wird am Montag eröffnet“, sagte Bürgermeisterin Ann Lee. Radfahrer müssten bis Juni warten.",
    "fr": "« Le pont ouvrira lundi », a déclaré la maire Ann Lee. Elle a averti que les cyclistes devront attendre.",
    "ru": "«Мост откроется в понедельник», — заявил мэр города. Велосипедистам придётся подождать до июня.",
    "zh": "市长说:“桥将于周一开放。”她警告说,骑自行车的人必须等到六月。这座桥已经关闭了两年,居民们一直在抱怨交通拥堵和绕行问题。",
}


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_in_another_language_is_refused(code):
    """The error names the language, and says what to do if it is wrong."""
    with pytest.raises(LanguageError, match=rf"\({code}\).*language: en") as refusal:
        language.check(OTHERS[code])
    assert refusal.value.language == code


def test_the_error_names_the_language_in_english():
    with pytest.raises(LanguageError, match="in German"):
        language.check(OTHERS["de"])


@pytest.mark.parametrize(
    "text",
    [
        "“It is late,” said Ann Lee, the mayor. She left, and the meeting went on without her.",
        "Guten Morgen, sagte er.",
        "Peskov Kremlin Putin Lukashenko Wagner Prigozhin Belta Minsk Rostov Voronezh",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28",
        "Whit's fer ye'll no go by ye, said the auld wifie frae Glesga. Dinna fash yersel, she telt us aw.",
        "",
    ],
)
def test_english_short_and_doubtful_texts_pass(text):
    """Reading a strange text is better than refusing an English one."""
    language.check(text)
