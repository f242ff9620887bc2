"""Tokens are those of spaCy's tokenizer, though it sees portions only."""

import pytest

from attribution.text.tokens import PORTION, tokenize

SENTENCE = "“I don't know,” said Mr. O'Neill of the U.K., adding:  “It isn't 5km/h … :-)” \n\n\t"
TEXTS = {
    "one portion": SENTENCE,
    "many portions": SENTENCE * 1000,
    "one paragraph": SENTENCE.replace("\n", " ") * 1000,
    "a word longer than a portion": f"{'a' * 12_000} said {'b.' * 6_000}",
    "white space longer than a portion": f"He said.{' ' * 12_000}\n{' ' * 6_000}“Yes”",
    "white space at both ends": f" {SENTENCE * 200} ",
    "nothing but white space": " \n" * 6_000,
}


def shown(doc):
    """What a Doc says of its tokens: words, norms, places, and which start a sentence; the first does, known or not."""
    return [(token.text, token.whitespace_, token.norm_, token.idx, token.is_sent_start or token.i == 0) for token in doc]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_in_portions_has_the_same_tokens(nlp, text):
    doc = tokenize(nlp, text)
    assert doc.text == text
    assert shown(doc) == shown(nlp.make_doc(text))


def test_a_long_text_is_cut_into_portions_and_nothing_is_lost():
    portions = PORTION.findall(TEXTS["many portions"])
    assert len(portions) > 10
    assert max(map(len, portions)) < 5_100
    assert "".join(portions) == TEXTS["many portions"]
