"""The rows of a batch's output."""

from dataclasses import asdict, replace

from api import examples
from attribution.batch.rows import ROWS
from attribution.data import Span, Via

DIRECT, INDIRECT = examples.ARTICLE.quotes
COLUMNS = (
    *("article", "quote", "speaker", "speaker_id", "speaker_type", "role", "known_id", "evidence", "probability", "source"),
    *("verb", "lemma", "act", "negated", "kind", "type", "text", "verbatim", "via", "parent", "start", "end", "confidence"),
)


def test_the_row_of_an_article_is_its_json_form():
    assert list(ROWS["articles"](examples.ARTICLE)) == [examples.ARTICLE.to_dict()]


def test_the_row_of_a_quote_is_flat():
    """With the speaker, and how they were found."""
    first, second = ROWS["quotes"](examples.ARTICLE)
    assert tuple(first) == COLUMNS
    assert first == {
        **{"article": "bridge", "quote": "q1", "speaker": "Ann Lee", "speaker_id": "s1", "speaker_type": "person"},
        **{"role": "Mayor", "known_id": None, "evidence": "name", "probability": 1.0, "source": "Mayor Ann Lee"},
        **{"verb": "said", "lemma": "say", "act": "say", "negated": False, "kind": "statement", "type": "direct"},
        **{"text": "“The bridge opens on Monday,”", "verbatim": "The bridge opens on Monday,", "via": "", "parent": None},
        **{"start": 0, "end": 29, "confidence": 0.99},
    }
    assert (second["quote"], second["evidence"], second["probability"]) == ("q2", "pronoun", 0.971)


def test_unknown_values_of_a_quote_are_null():
    """And its relays are listed."""
    bare = replace(INDIRECT, speaker=None, verb=None, source=None, via=(Via("s2", "RIA", "relays", Span(0, 1, "“")),))
    (row,) = ROWS["quotes"](replace(examples.ARTICLE, quotes=(bare,)))
    empty = {"speaker", "speaker_id", "speaker_type", "role", "known_id", "evidence", "probability", "source"}
    assert {name for name in row if row[name] is None} == {*empty, "verb", "lemma", "act", "negated", "parent"}
    assert row["via"] == "RIA (relays)"


def test_an_article_without_quotes_has_no_rows_of_quotes():
    assert list(ROWS["quotes"](replace(examples.ARTICLE, quotes=()))) == []


def test_start_and_end_span_all_fragments():
    both = replace(DIRECT, content=(*DIRECT.content, *INDIRECT.content))
    (row,) = ROWS["quotes"](replace(examples.ARTICLE, quotes=(both,)))
    assert (row["start"], row["end"]) == (DIRECT.content[0].start, INDIRECT.content[0].end)
    assert asdict(both)["content"][1]["end"] == row["end"]
