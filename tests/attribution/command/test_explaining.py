"""`attribution explain`: why something is a quote, and why it belongs to its speaker."""

import pytest
from click.testing import CliRunner

import attribution
from attribution.command.cli import main
from attribution.command.explaining import format_explanation
from attribution.data import EVIDENCE, ArticleWarning, Candidate, Model, Quote, Span, SpeakerRef, Verb, Via

MODEL = Model("quotes-en-small", "0")
SURE = Quote(
    *("q1", "direct", "statement", "“We leave the valley at noon, all of us, and nobody stays behind,”"),
    content=(Span(0, 9, "“We leave"),),
    verbatim=(),
    verb=Verb(20, 24, "told", "tell", "say"),
    source=Span(10, 13, "she"),
    speaker=SpeakerRef("s1", "Ann Lee", "pronoun", 0.9),
    candidates=(),
    via=(Via(None, "RIA", "relays", Span(30, 33, "RIA")),),
    parent=None,
    context=None,
    confidence=0.96,
)
BARE = Quote(
    **{name: getattr(SURE, name) for name in SURE.__slots__} | {"id": "q2", "verb": None, "source": None, "speaker": None}
)
CANDIDATES = (Candidate("s1", "Ann Lee", 0.9), Candidate("s2", "Jane\x1b Orr", 0.1))


WARNING = ArticleWarning("whole-page", "All of the page was read.")


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs the command on a text with two quotes."""
    (tmp_path / "a.txt").write_text("Hi.", encoding="utf-8")

    def extract(text, **options):
        return attribution.Article(None, "codepoint", MODEL, (SURE, BARE), (), warnings=(WARNING,))

    monkeypatch.setattr(attribution, "extract", extract)
    return lambda *arguments: CliRunner().invoke(main, ["explain", str(tmp_path / "a.txt"), *arguments])


def test_it_lists_the_reasons():
    """Cue, source, evidence and candidates, without control sequences."""
    lines = format_explanation(SURE, CANDIDATES, width=200).splitlines()
    assert lines[2:] == [
        "cue       told (tell: say)",
        "source    she",
        "speaker   Ann Lee, 90% probable",
        "because   the source is a pronoun that means them",
        "may be    Ann Lee, 90% probable",
        "may be    Jane Orr, 10% probable",
        "via       RIA (relays)",
    ]


def test_it_says_what_is_missing():
    """No cue, no source, no speaker."""
    shown = format_explanation(BARE, (), width=80)
    assert all(words in shown for words in ("cue       none", "source    none", "speaker   no one"))


def test_it_fits_the_terminal():
    """Long lines are wrapped."""
    assert max(map(len, format_explanation(SURE, CANDIDATES, width=40).splitlines())) <= 40


def test_warnings_about_the_article_go_to_standard_error(run):
    assert run().stderr == "Warning: All of the page was read.\n"


def test_it_explains_one_quote_or_all(run):
    """All, unless one is named."""
    assert [f"quote     {name}" in run().stdout for name in ("q1", "q2")] == [True, True]
    assert [f"quote     {name}" in run("--quote", "q2").stdout for name in ("q1", "q2")] == [False, True]


def test_an_unknown_quote_is_a_usage_error(run):
    """The error names the last quote."""
    result = run("--quote", "q9")
    assert result.exit_code == 2
    assert "There is no quote q9; the last one in the article is q2." in result.stderr


def test_the_candidates_are_those_of_the_pipeline(tmp_path):
    """Even if the likeliest is the speaker."""
    text = "Ann Lee met Jane Orr at the bridge.\n\n“Nobody stays in the valley while the river rises,” she said."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    shown = CliRunner().invoke(main, ["explain", str(tmp_path / "a.txt")]).stdout
    assert EVIDENCE["pronoun"] in shown
    assert "may be    Ann Lee" in shown
    assert "may be    Jane Orr" in shown
