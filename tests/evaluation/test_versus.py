"""Systems are compared on the same articles, and a failure counts as nothing found."""

import shlex
import sys

import pytest
import spacy
from spacy.tokens import Doc, Span

from evaluation.peers import command, nearest_name, textacy
from evaluation.versus import measure, table

TEXT = "“We will vote now,” said Lee. “Then we go home at last.”"
SPANS = {"content": [[1, 18]], "cue": [[20, 24]], "source": [[25, 28]]}
GOLD = {**SPANS, "speakers": ["Lee"], "named": True, "via": [], "parent": None}
NEWS = [{"id": "a", "text": TEXT, "quotes": [{**GOLD, "kind": "core", "type": "direct"}]}]
CORPUS = [{"id": "a", "text": TEXT, "quotes": [{**GOLD, "speaker": "Lee"}]}]


def parse(text: str) -> Doc:
    """The text as a parser reads it: Lee, a person, is the subject of "said"."""
    doc = spacy.blank("en")(text)
    for token in doc:
        token.is_sent_start = token.text == "“"
    said, lee = doc[7], doc[8]
    said.pos_, said.lemma_, lee.dep_, lee.head = "VERB", "say", "nsubj", said
    doc.ents = [Span(doc, lee.i, lee.i + 1, "PERSON")]
    return doc


def told(answer):
    return [(quote["text"], *(quote[part]["text"] for part in ("verb", "source"))) for quote in answer["quotes"]]


def test_consecutive_textacy_quotes_with_one_cue_are_joined() -> None:
    assert told(textacy(parse)(TEXT)) == [("“We will vote now,” “Then we go home at last.”", "said", "Lee")]


def test_the_baseline_gives_each_stretch_in_marks_to_the_nearest_name() -> None:
    said = ["“We will vote now,”", "“Then we go home at last.”"]
    assert told(nearest_name(parse)(TEXT)) == [(each, "said", "Lee") for each in said]


def test_any_program_that_answers_each_line_with_one_line_is_a_system() -> None:
    program = "import sys, json\nfor line in sys.stdin: print(json.dumps({'id': json.loads(line)['text']}), flush=True)"
    with command(shlex.join([sys.executable, "-c", program])) as read:
        assert [read(text)["id"] for text in ("one", "two\nlines")] == ["one", "two\nlines"]


def test_a_program_that_ends_too_early_is_an_error() -> None:
    with (
        command(shlex.join([sys.executable, "-c", "input()"])) as read,
        pytest.raises(ChildProcessError, match="each line with one line"),
    ):
        read("one")


@pytest.mark.parametrize("articles", [NEWS, CORPUS])
def test_an_article_that_a_system_cannot_read_counts_as_nothing_found(articles) -> None:
    def fail(text: str) -> None:
        raise ValueError(text)

    rows = measure(articles, {"silent": lambda text: {"quotes": []}, "broken": fail})
    assert [row["not read"] for row in rows.values()] == [0, 1]
    assert {row[label] for row in rows.values() for label in row if "F1" in label} == {0.0}


def test_each_system_has_a_row_in_the_table() -> None:
    lines = table(measure(NEWS, {"baseline": nearest_name(parse)})).splitlines()
    assert [line.split(" | ")[:2] for line in lines] == [["| ", "found F1"], ["| ---", "---:"], ["| baseline", "66.7"]]
