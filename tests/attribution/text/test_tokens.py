"""Tokens are those of spaCy's tokenizer, although it gets the text in portions."""

import pytest

from attribution.text.tokens import portions, tokenize

SENTENCE = "“I don't know,” said Mr. O'Neill of the U.K., adding:  “It isn't 5km/h … :-)” \n\n\t"
TEXTS = {
    "one portion": SENTENCE,
    "many portions": SENTENCE * 1000,
    "one paragraph": SENTENCE.replace("\n", " ") * 1000,
    "long words": f"{'a' * 100} said {'b.' * 50}\n{'=' * 100}",
    "white space longer than a portion": f"He said.{' ' * 12_000}\n{' ' * 6_000}“Yes”",
    "white space at both ends": f" {SENTENCE * 200} ",
    "only white space": " \n" * 6_000,
}


def shown(doc):
    """The tokens of a Doc: words, norms, offsets, and which start a sentence. The first always does, marked or not."""
    return [(token.text, token.whitespace_, token.norm_, token.idx, token.is_sent_start or token.i == 0) for token in doc]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_in_portions_has_the_same_tokens(nlp, text):
    doc = tokenize(nlp, text)
    assert doc.text == text
    assert shown(doc) == shown(nlp.make_doc(text))


def test_a_long_text_is_cut_into_portions_without_loss():
    seen = list(portions(TEXTS["many portions"]))
    assert len(seen) > 100
    assert max(map(len, seen)) < 400
    assert "".join(seen) == TEXTS["many portions"]


@pytest.mark.parametrize(
    "unit", ["=", "-", "”", "“", "(", "$", "😀", "a=", "'s", "=-)(”“…", "e\u0301", "http://a.b/c?d=e&f;g", "中。"]
)
def test_the_tokenizer_never_gets_a_word_longer_than_100_characters(nlp, monkeypatch, unit):
    seen = []
    make_doc = nlp.make_doc
    monkeypatch.setattr(nlp, "make_doc", lambda text: seen.append(text) or make_doc(text))
    text = f"He said: {unit * 5_000} and “Yes”."
    doc = tokenize(nlp, text)
    assert max(len(word) for portion in seen for word in portion.split()) <= 100
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]
    assert [token.text for token in doc[-5:]] == ["and", "“", "Yes", "”", "."]
