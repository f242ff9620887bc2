"""Epithets: whom "the Vermont senator" is, as the roles at names in other articles tell."""

import re

import pytest
from builders import read
from spacy.language import Language

from training.corpora.chains import Chained
from training.corpora.records import Article
from training.epithets import epithets

KNOWN = "Vermont Senator {PERSON Ann Lee} left."
"""Another article, which says what Ann Lee is."""


@pytest.fixture
def taught(nlp: Language):
    """What the ranker is to learn from articles whose ents stand in braces, in which what stands before "said" speaks."""

    def run(*marked: str) -> list[Chained]:
        docs = {}
        for text in marked:
            plain = read(nlp, text).text
            said = re.findall(r"(?:^|\. )([^.]+) said (\w+)", plain)
            docs[plain] = read(nlp, text, *((content, "said", source) for source, content in said))
        articles = [Article(str(number), text) for number, text in enumerate(docs)]
        return [chained for chained, _ in epithets(articles, docs.__getitem__)]  # type: ignore[arg-type]

    return run


def answers(chained: Chained) -> dict[str, str]:
    """By each asked mention its chain."""
    return {chained.text[slice(*span)]: chain for span, chain in chained.mentions if span in (chained.asked or ())}


def test_who_is_called_so_in_other_articles_is_meant(taught) -> None:
    (found,) = taught(KNOWN, "{PERSON Ann Lee} met {PERSON Bob Orr}. The Vermont senator said no.")
    assert answers(found) == {"The Vermont senator": "Ann Lee"}
    assert {chain for _, chain in found.mentions} == {"Ann Lee", "Bob Orr"}


@pytest.mark.parametrize(
    "article",
    [
        "{PERSON Bob Orr} left. The Vermont senator said no.",
        "{PERSON Ann Lee} left. The Ohio senator said no.",
        "{PERSON Ann Lee} left. A Vermont senator said no.",
        "The Vermont senator said no. {PERSON Ann Lee} left.",
    ],
)
def test_nobody_is_meant_whom_the_words_do_not_fit(taught, article) -> None:
    assert taught(KNOWN, article) == []


def test_two_whom_the_words_fit_teach_nothing(taught) -> None:
    known = "Vermont Senator {PERSON Bob Orr} left."
    assert taught(KNOWN, known, "{PERSON Ann Lee} met {PERSON Bob Orr}. The Vermont senator said no.") == []


def test_a_newcomer_s_role_in_place_of_his_name_is_nobody_named_before(taught) -> None:
    (found,) = taught("{PERSON Ann Lee} left. Health Secretary {PERSON Bob Orr} said no. {PERSON Ann Lee} ran.")
    assert found.text == "Ann Lee left. The Health secretary said no. Ann Lee ran."
    (chain,) = answers(found).values()
    assert chain not in ("Ann Lee", "Bob Orr")
    assert [found.text[slice(*span)] for span, chain in found.mentions if chain == "Ann Lee"] == ["Ann Lee", "Ann Lee"]
