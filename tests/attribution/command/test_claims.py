"""attribution verify: what it prints, and what its exit code says."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

import attribution
from api import examples
from api.requests import VerifyRequestSchema
from attribution.command import claims, cli
from attribution.data import Difference, Span
from attribution.errors import ModelError, TextError


@pytest.fixture
def run(monkeypatch):
    """Runs the command on a pipe, with a `verify` that gives what the test says and remembers how it was called."""
    calls = []

    def invoke(*arguments, found=examples.VERIFICATION, text="Hi"):
        def verify(quote, **options):
            calls.append((quote, options))
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr(attribution, "verify", verify)
        return CliRunner().invoke(cli.main, ["verify", "-", *arguments], input=text)

    invoke.calls = calls
    return invoke


def test_it_prints_what_the_library_finds(run):
    """The one shape; the text is read as it is."""
    result = run("It is late", "--speaker", "Lee", text=b"Hi\r\n")
    assert json.loads(result.stdout) == examples.VERIFICATION.to_dict()
    assert run.calls == [("It is late", {"text": "Hi\r\n", "speaker": "Lee", "article_id": None})]


def test_the_article_may_be_html(run):
    """As for extract."""
    run("It is late", "--input", "html", text="<p>Hi</p>")
    assert run.calls == [("It is late", {"html": "<p>Hi</p>", "speaker": None, "article_id": None})]


def test_what_the_service_can_be_asked_the_command_can(run):
    """By the same names."""
    written = "--speaker", "Lee", "--id", "a", "--offset-unit", "utf8", "--language", "en", "--min-speaker-probability", "0.5"
    run("It is late", *written)
    ((_, asked),) = run.calls
    options = {"offset_unit": "utf8", "language": "en", "min_speaker_probability": 0.5}
    assert asked == {"text": "Hi", "speaker": "Lee", "article_id": "a", **options}
    assert set(VerifyRequestSchema().fields) == {*asked, "id", "html", "quote"} - {"article_id"}


def test_a_file_of_many_articles_is_refused(tmp_path):
    """Before anything is read."""
    (tmp_path / "a.ndjson").write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["verify", str(tmp_path / "a.ndjson"), "Hi"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Give a FILE of one." in result.stderr


@pytest.mark.parametrize(
    ("verdict", "agrees", "speaker", "code"),
    [
        ("verbatim", None, [], 0),
        ("verbatim", True, ["--speaker", "Lee"], 0),
        ("verbatim", False, ["--speaker", "Lee"], claims.NOT_SO),
        ("verbatim", None, ["--speaker", "Lee"], claims.NOT_SO),
        ("altered", None, [], claims.NOT_SO),
        ("absent", None, [], claims.NOT_SO),
    ],
)
def test_the_exit_code_says_whether_the_claim_holds(run, verdict, agrees, speaker, code):
    """For scripts; nobody known to have said it is not the one who was named."""
    found = replace(examples.VERIFICATION, verdict=verdict, speaker_agrees=agrees)
    assert run("It is late", *speaker, found=found).exit_code == code


@pytest.mark.parametrize(
    ("error", "remedy"), [(TextError("Empty. Send words."), "Standard input: Empty"), (ModelError("None."), "None.")]
)
def test_what_cannot_be_read_is_told_in_a_line(run, error, remedy):
    """Exit code 1, no traceback."""
    result = run("It is late", found=error)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert f"Error: {remedy}" in result.stderr


def test_a_difference_is_shown_word_by_word():
    """What is only yours, what is only the article's, and nothing that plays with the terminal."""
    parts = [
        Difference("same", "We", (Span(0, 2, "We"),)),
        Difference("changed", "can", (Span(3, 7, "wi\x1b[31mll"),)),
        Difference("added", "so", ()),
        Difference("left_out", None, (Span(8, 10, "go"),)),
        Difference("ellipsis", "…", (Span(11, 14, "now"),)),
    ]
    shown = claims.described(replace(examples.VERIFICATION, difference=tuple(parts)))
    assert shown.splitlines()[-1] == "words    We [-can-] {+wi [31mll+} [-so-] {+go+} {+now+}"


def test_a_doubtful_speaker_is_told_as_one():
    """Where it is unsure who speaks, the one who was named is neither right nor wrong."""
    quote = examples.VERIFICATION.quote
    doubtful = replace(quote, speaker=replace(quote.speaker, probability=0.5))
    shown = claims.described(replace(examples.VERIFICATION, quote=doubtful, speaker_agrees=None))
    assert "speaker  Ann Lee, but that is unsure" in shown.splitlines()


def test_what_is_absent_has_no_speaker():
    """And nothing to show."""
    found = replace(examples.VERIFICATION, verdict="absent", speaker=None, found=(), difference=(), speaker_agrees=None)
    assert claims.described(found) == "verdict  absent"
