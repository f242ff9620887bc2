"""`attribution verify`: its output and its exit code."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

import attribution
from api import examples
from api.requests import VerifyRequestSchema
from attribution.command import claims, cli
from attribution.data import ArticleWarning, Difference, Span
from attribution.errors import ModelError, TextError


@pytest.fixture
def run(monkeypatch):
    """Runs the command on a pipe, with a fake `verify` that returns or raises `found` and records its calls."""
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


def test_it_prints_the_verification_as_json(run):
    """The text is read as it is."""
    result = run("It is late", "--speaker", "Lee", text=b"Hi\r\n")
    assert json.loads(result.stdout) == examples.VERIFICATION.to_dict()
    assert run.calls == [("It is late", {"text": "Hi\r\n", "speaker": "Lee", "article_id": None})]


@pytest.mark.parametrize(("form", "printed"), [("json", ""), ("text", "Warning: bridge: It has no words: check it.\n")])
def test_warnings_go_to_standard_error_unless_the_answer_holds_them(run, form, printed):
    found = replace(examples.VERIFICATION, warnings=(ArticleWarning("no-words", "It has no words: check it."),))
    assert run("It is late", "--format", form, found=found).stderr == printed


def test_the_article_may_be_html(run):
    """As for extract."""
    run("It is late", "--input", "html", text="<p>Hi</p>")
    assert run.calls == [("It is late", {"html": "<p>Hi</p>", "speaker": None, "article_id": None})]


def test_the_command_has_all_options_of_the_service(run):
    """With the same names."""
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
    assert "Give a FILE with one." in result.stderr


@pytest.mark.parametrize(
    ("verdict", "agrees", "speaker", "code"),
    [
        ("verbatim", None, [], 0),
        ("verbatim", True, ["--speaker", "Lee"], 0),
        ("verbatim", False, ["--speaker", "Lee"], claims.CLAIM_FAILS),
        ("verbatim", None, ["--speaker", "Lee"], claims.CLAIM_FAILS),
        ("altered", None, [], claims.CLAIM_FAILS),
        ("absent", None, [], claims.CLAIM_FAILS),
    ],
)
def test_the_exit_code_says_whether_the_claim_holds(run, verdict, agrees, speaker, code):
    """For scripts. An unknown speaker is not the named one."""
    found = replace(examples.VERIFICATION, verdict=verdict, speaker_agrees=agrees)
    assert run("It is late", *speaker, found=found).exit_code == code


@pytest.mark.parametrize(
    ("error", "remedy"), [(TextError("Empty. Send words."), "Standard input: Empty"), (ModelError("None."), "None.")]
)
def test_an_unreadable_article_is_a_one_line_error(run, error, remedy):
    """Exit code 1, no traceback."""
    result = run("It is late", found=error)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert f"Error: {remedy}" in result.stderr


def test_a_difference_is_shown_word_by_word():
    """Words only in the claim, words only in the article, and no control sequences."""
    parts = [
        Difference("same", "We", (Span(0, 2, "We"),)),
        Difference("changed", "can", (Span(3, 7, "wi\x1b[31mll"),)),
        Difference("added", "so", ()),
        Difference("left_out", None, (Span(8, 10, "go"),)),
        Difference("ellipsis", "…", (Span(11, 14, "now"),)),
    ]
    shown = claims.format_verification(replace(examples.VERIFICATION, difference=tuple(parts)))
    assert shown.splitlines()[-1] == "words    We [-can-] {+wi [31mll+} [-so-] {+go+} {+now+}"


def test_an_uncertain_speaker_is_marked():
    """If it is uncertain who speaks, the named speaker is neither right nor wrong."""
    quote = examples.VERIFICATION.quote
    doubtful = replace(quote, speaker=replace(quote.speaker, probability=0.5))
    shown = claims.format_verification(replace(examples.VERIFICATION, quote=doubtful, speaker_agrees=None))
    assert "speaker  Ann Lee, but that is unsure" in shown.splitlines()


def test_an_absent_quote_has_only_a_verdict():
    found = replace(examples.VERIFICATION, verdict="absent", speaker=None, found=(), difference=(), speaker_agrees=None)
    assert claims.format_verification(found) == "verdict  absent"
