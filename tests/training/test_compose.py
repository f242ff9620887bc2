"""Pages composed of quotes: every quote has a name, and the annotation links the two."""

from random import Random

import pytest

from training.compose import FEWEST, Composer
from training.corpora.records import Annotation, Article

TEXT = "".join(f"“{word * 12}.”Ann {word}" for word in ("Aaa ", "Bbb ", "Ccc ", "Ddd ", "Eee ", "Fff ", "Ggg ", "Hhh ", "Iii "))


@pytest.fixture
def composer() -> Composer:
    attributions = []
    for start in (place for place, c in enumerate(TEXT) if c == "“"):
        close = TEXT.index("”", start) + 1
        attributions.append(Annotation(((start, close),), (), ((close, close + 7),)))
    return Composer([Article("a", TEXT, attributions=tuple(attributions))])


@pytest.mark.parametrize("seed", range(12))
def test_each_quote_of_a_page_has_a_name_and_no_cue(composer: Composer, seed: int) -> None:
    article = composer(Random(seed), seed)
    quotes = article.attributions or ()
    assert len(quotes) >= FEWEST
    for quote in quotes:
        (content,), (source,) = ([article.text[slice(*span)] for span in spans] for spans in (quote.content, quote.source))
        assert content.strip("“”").count(content.strip("“”")[:4]) == 12
        assert not quote.cue
        assert source.upper().startswith("ANN") or source in ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH", "III")


def test_the_same_seed_makes_the_same_page(composer: Composer) -> None:
    assert composer(Random(1), 1) == composer(Random(1), 1)
