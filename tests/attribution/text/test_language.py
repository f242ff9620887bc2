"""Which texts pass as English, and with which warning."""

from types import SimpleNamespace

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


def codes(text, given=None):
    """The codes of the warnings about a text."""
    return [warning.code for warning in language.check(text, given)]


@pytest.mark.parametrize("given", [None, "en"])
@pytest.mark.parametrize(
    "text",
    [
        "“It is late,” said Ann Lee, the mayor. She left, and the meeting went on without her.",
        "Guten Morgen, sagte er.",
        "Ja.",
        "Halvorsen Marine cuts 1,900 jobs and blames steel",
        "Halvorsen Marine cuts 1,900 jobs and blames steel\n\nBy Ingunn Braathen-Osei in Bergen",
    ],
)
def test_there_is_no_warning_about_english_and_about_short_texts(text, given):
    """Nor about a headline, of which the detector knows too little."""
    assert codes(text, given) == []


@pytest.mark.parametrize("given", [None, "en"])
@pytest.mark.parametrize(
    "text", ["1, 2, 3 …", "12:30 – 14:00, 3.5 % " * 20, "😀🎉" * 60, "“…” — ‘!’" * 20, "१२३ ٤٥٦ ２０２４。" * 20, "½ → ∞"]
)
def test_a_text_without_words_has_a_warning(text, given):
    """However long it is: digits of any script are in no language."""
    assert codes(text, given) == ["no-words"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_in_another_language_than_the_caller_says_has_a_warning(code):
    """It names the language."""
    (warning,) = language.check(OTHERS[code], "en")
    assert warning.code == "other-language"
    assert f"({code}), not in English as you say" in warning.detail


def test_a_text_that_may_be_in_another_language_has_a_warning():
    """Unless the caller says that it is English. The detector cannot tell Indonesian from Malay."""
    text = "Menteri berkata pada hari Senin bahwa jembatan baru akan dibuka pada bulan Juni dan berterima kasih."
    (warning,) = language.check(text)
    assert warning.code == "unsure-language"
    assert "may be in Indonesian (id)" in warning.detail
    assert codes(text, "en") == []


def test_an_english_article_may_be_foreign_at_its_beginning_middle_and_end():
    """The rest decides."""
    foreign = OTHERS["ru"] * 4
    english = "The mayor said that the bridge would open before the snow came, and nobody believed her. " * 200
    assert language.check(foreign + english + foreign + english + foreign) == ()


@pytest.mark.parametrize("given", [None, "en"])
def test_a_language_without_a_name_is_another_language(monkeypatch, given):
    """The detector knows a few languages that have a code only."""
    detector = SimpleNamespace(classify=lambda text: ("gcf", 0.9 if given is None else 1.0))
    monkeypatch.setattr(language, "_identifier", lambda: detector)
    (warning,) = language.check(OTHERS["fr"], given)
    assert "in another language (gcf)" in warning.detail
