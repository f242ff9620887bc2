"""attribution extract: what it reads, what it prints, and how it tells a user what to put right."""

import dataclasses
import json
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner

import attribution
from api import examples
from attribution.command import cli, extraction
from attribution.errors import ModelError, TextError


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs the command in an empty folder, with an `extract` that answers the example and remembers how it was called."""
    calls = []

    def extract(text=None, *, html=None, article_id=None, **options):
        calls.append(({"html": html} if text is None else text, article_id, options))
        if not (text or html):
            raise TextError("The text is empty. Give it words.")
        return replace(examples.ARTICLE, id=article_id, text=html and examples.TEXT)

    def invoke(*arguments, **options):
        return CliRunner().invoke(cli.main, arguments, **options)

    invoke.calls = calls
    monkeypatch.setattr(attribution, "extract", extract)
    monkeypatch.chdir(tmp_path)
    return invoke


def test_extract_prints_the_one_shape(run, tmp_path):
    """What the service answers, the command prints."""
    (tmp_path / "article.txt").write_bytes(examples.TEXT.encode())
    result = run("extract", "article.txt", "--id", "bridge", "--attitudes")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == examples.ARTICLE.to_dict()
    assert run.calls == [(examples.TEXT, "bridge", {"attitudes": True})]


def test_extract_reads_a_pipe_as_it_is(run):
    """Line ends of Windows stay: offsets are into the text as received."""
    assert run("extract", "-", input="“Hi,”\r\nshe said.".encode()).exit_code == 0
    assert run.calls == [("“Hi,”\r\nshe said.", None, {})]


def test_extract_prints_a_table_for_the_eye(run):
    """Speaker, verb, type and text, wrapped to the terminal."""
    result = run("extract", "-", "--format", "table", input="Hi", env={"COLUMNS": "56"})
    assert result.stdout.splitlines() == [
        "speaker  verb    type      text",
        "───────  ──────  ────────  ─────────────────────────────",
        "Ann Lee  said    direct    “The bridge opens on Monday,”",
        "Ann Lee  warned  indirect  that cyclists must wait until",
        "                           June",
    ]


def test_extract_prints_the_page_as_one_file(run, tmp_path):
    """To keep, or to send to somebody who has no service."""
    page = run("extract", "-", "--format", "html", input=examples.TEXT)
    assert page.stdout.startswith("<!doctype html>")
    assert json.dumps(examples.TEXT, ensure_ascii=False) in page.stdout


@pytest.fixture
def folder(tmp_path):
    """Two articles, and one that cannot be read between them; and two in one file, which ends in the middle of a line."""
    lines = b'{"text": "One"}\n{"text": "Two"}'
    for name, data in {"a.txt": b"One", "b.txt": b"caf\xe9", "c.txt": b"Three", "lines.ndjson": lines}.items():
        (tmp_path / name).write_bytes(data)
    return "a.txt", "b.txt", "c.txt"


def test_several_files_are_read_and_each_answer_names_its_file(run, folder):
    """A file that cannot be read costs nothing of the others."""
    result = run("extract", *folder, "--format", "ndjson")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a.txt", "c.txt"]
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: b.txt: This is not UTF-8")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["a.html", "A.HTM"])
def test_html_is_known_by_its_name(run, tmp_path, name):
    """Its offsets are into the text that the answer holds."""
    (tmp_path / name).write_text(examples.HTML, encoding="utf-8")
    assert json.loads(run("extract", name).stdout)["text"] == examples.TEXT
    assert run.calls == [({"html": examples.HTML}, None, {})]


def test_what_a_pipe_holds_can_be_said(run):
    """It has no name to know it by."""
    assert run("extract", "-", "--input", "html", input=examples.HTML).exit_code == 0
    assert run("extract", "-", "--input", "ndjson", input='{"text": "Hi"}').exit_code == 0
    assert run.calls == [({"html": examples.HTML}, None, {}), ("Hi", "-:1", {})]


def test_the_page_of_html_shows_the_text_that_was_read(run):
    page = run("extract", "-", "--input", "html", "--format", "html", input=examples.HTML)
    assert f'{{"text": {json.dumps(examples.TEXT, ensure_ascii=False)}, "answer"' in page.stdout


def test_a_page_that_is_given_as_text_is_told_how_to_give_it(run):
    result = run("extract", "-", input="<!doctype html><p>Hi")
    assert (result.exit_code, run.calls) == (1, [])
    assert "Standard input: This is an HTML page. Use --input html" in result.stderr


KNOWN = [{"id": "Q42", "name": "Ann Lee", "aliases": ["Mayor Lee"]}, {"id": "Q43", "name": "Bob"}]
RECORDS = (attribution.KnownSpeaker("Q42", "Ann Lee", ("Mayor Lee",)), attribution.KnownSpeaker("Q43", "Bob"))


def test_a_line_of_ndjson_is_an_article_with_options_of_its_own(run):
    """They go before those of the command; a line without an id is named by its number, which is the one that an editor shows."""
    lines = [{"text": "Hi", "id": "a", "types": ["mixed"], "known_speakers": KNOWN}, {"html": "<p>Ho</p>", "id": None}]
    data = "\ufeff" + "\n\n".join(map(json.dumps, lines))
    result = run("extract", "-", "--input", "ndjson", "--types", "direct,mixed", "--format", "ndjson", input=data)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "-:3"]
    assert run.calls == [
        ("Hi", "a", {"types": ["mixed"], "known_speakers": RECORDS}),
        ({"html": "<p>Ho</p>"}, "-:3", {"types": ["direct", "mixed"]}),
    ]


BAD_LINES = {
    "empty": (b'{"text": ""}', "The text is empty"),
    "no JSON": (b'{"text": "He said "no"."}', "not valid JSON: Expecting ',' delimiter at column 20"),
    "no object": (b"[1]", "not an object"),
    "no UTF-8": (b'{"text": "caf\xe9"}', "not UTF-8"),
    "nested too deep": (b"[" * 100_000, "nested too deep"),
    "a number too long": (b'{"min_confidence": ' + b"1" * 5000 + b"}", "a number that is too long"),
    "a lone surrogate": (b'{"text": "Hi", "id": "\\udc00"}', "half of a surrogate pair"),
    "an unknown field": (b'{"txt": "Hi"}', "txt: There is no such field. Did you mean text?"),
    "a text that is none": (b'{"text": 1}', "text: Must be a string."),
    "an id that is none": (b'{"text": "Hi", "id": 1}', "id: Must be a string."),
    "a speaker without a name": (b'{"text": "Hi", "known_speakers": [{"id": "Q42"}]}', "known_speakers[0] must be an object"),
}


@pytest.mark.parametrize(("line", "remedy"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_costs_its_own_answer_only(run, tmp_path, line, remedy):
    """It is told with its number and the remedy, and the rest goes on."""
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One"}\n' + line + b'\n{"text": "Three"}')
    result = run("extract", "a.jsonl")
    assert [answer["id"] for answer in json.loads(result.stdout)] == ["a.jsonl:1", "a.jsonl:3"]
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: a.jsonl, line 2: ")
    assert remedy in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_option_that_cannot_be_costs_its_line_only(tmp_path):
    """The library says what it can be."""
    (tmp_path / "a.ndjson").write_text('{"text": "Hi", "types": "direct"}\n{"text": "“Hi,” said Ann."}', encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["extract", str(tmp_path / "a.ndjson")])
    assert (result.exit_code, len(json.loads(result.stdout))) == (1, 1)
    assert "line 1: types is 'direct': give a list of strings" in result.stderr


def test_answers_of_ndjson_come_as_they_are_ready(run, monkeypatch):
    """The second article is not read before the first answer is there."""
    printed = []
    monkeypatch.setattr(extraction.click, "echo", lambda text, **options: printed.append(len(run.calls)))
    run("extract", "-", "--input", "ndjson", "--format", "ndjson", input='{"text": "One"}\n{"text": "Two"}')
    assert printed == [1, 2]


OPTIONS = {
    "types": ("direct,mixed", ["direct", "mixed"]),
    "acts": ("say", ["say"]),
    "min_confidence": ("0.5", 0.5),
    "min_speaker_probability": ("0.25", 0.25),
    "context": ("none", "none"),
    "offset_unit": ("utf8", "utf8"),
    "known_speakers": ("known.json", RECORDS),
    "include": ("", []),
    "language": ("en", "en"),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_reaches_the_library(run, tmp_path, name):
    """By the library's name."""
    (tmp_path / "known.json").write_text(json.dumps(KNOWN), encoding="utf-8")
    written, given = OPTIONS[name]
    assert run("extract", "-", f"--{name.replace('_', '-')}", written, input="Hi").exit_code == 0
    assert run.calls == [("Hi", None, {name: given})]


def test_every_option_of_the_library_is_one_of_the_command():
    """And is tried above."""
    library = {field.name for field in dataclasses.fields(attribution.options.Options)}
    assert library == {*OPTIONS, "attitudes", "topics"}
    assert library <= {parameter.name for parameter in extraction.extract.params}


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (["--types", "dirct"], "types: there is no 'dirct'; choose from direct, mixed, indirect."),
        (["--acts", ""], "acts is empty: leave it out for all."),
        (["--min-confidence", "90"], "give a number from 0 to 1."),
        (["--known-speakers", "known.json"], "known.json: known_speakers must be a list of objects with id, name and aliases."),
        (["--format", "html", "--offset-unit", "utf16"], "--format html counts code points. Leave --offset-unit out."),
        (["--format", "html", "--input", "ndjson"], "--format html shows one article."),
        (["--id", "x", "--input", "ndjson"], "--id is for one article."),
    ],
)
def test_an_option_that_cannot_be_ends_the_call(run, tmp_path, options, remedy):
    """Before anything is read."""
    (tmp_path / "known.json").write_text("{}", encoding="utf-8")
    result = run("extract", "-", *options, input='{"text": "Hi"}')
    assert (result.exit_code, result.stdout, run.calls) == (2, "", [])
    assert remedy in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("options", "remedy"), [(["--id", "x"], "--id is for one article"), (["--format", "html"], "Give one FILE of one")]
)
def test_what_fits_one_article_only_is_refused_with_several(run, folder, options, remedy):
    """A wrong call, told before anything is read."""
    result = run("extract", *folder, *options)
    assert (result.exit_code, result.stdout, run.calls) == (2, "", [])
    assert remedy in result.stderr


@pytest.mark.parametrize(
    ("files", "errors_seen", "output_seen", "shown"),
    [
        (["a.txt", "b.txt", "c.txt"], True, False, True),
        (["lines.ndjson"], True, False, True),
        (["a.txt"], True, False, False),
        (["a.txt", "c.txt"], True, True, False),
        (["a.txt", "c.txt"], False, False, False),
    ],
)
def test_progress_is_shown_on_a_terminal_that_the_answers_do_not_need(
    run, folder, monkeypatch, files, errors_seen, output_seen, shown
):
    """Of several articles; neither a log nor a screen of answers is written through. It ends with the last byte."""
    bars = []
    progressbar = extraction.click.progressbar
    monkeypatch.setattr(extraction.click, "progressbar", lambda **options: bars.append(progressbar(**options)) or bars[-1])
    monkeypatch.setattr(extraction, "_on_terminal", lambda stream: errors_seen if stream is sys.stderr else output_seen)
    run("extract", *files)
    (bar,) = bars
    assert (not bar.hidden, bar.pos) == (shown, bar.length)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"caf\xe9", "byte 3 (0xE9) is invalid. Convert it first"),
        (b"", "Standard input: The text is empty. Give it words."),
    ],
)
def test_input_that_cannot_be_read_is_told_in_a_line(run, data, remedy):
    """Exit code 1, no traceback."""
    result = run("extract", "-", input=data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert remedy in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_pipeline_is_told_in_a_line(run, monkeypatch):
    """It is not the article's fault."""

    def fail(**options):
        raise ModelError("No pipeline. Train one.")

    monkeypatch.setattr(attribution, "extract", fail)
    result = run("extract", "-", input="Hi")
    assert (result.exit_code, result.stderr) == (1, "Error: No pipeline. Train one.\n")


def test_a_folder_is_read_by_name(run, tmp_path):
    """With the folders in it; what is no article is passed over."""
    for name in ("f/b.txt", "f/g/a.html", "f/picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Hi.", encoding="utf-8")
    result = run("extract", "f", "--format", "ndjson")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["f/b.txt", "f/g/a.html"]


def test_a_folder_without_articles_is_a_wrong_call(run, tmp_path):
    """The error says what is looked for."""
    (tmp_path / "empty").mkdir()
    result = run("extract", "empty")
    assert result.exit_code == 2
    assert "empty holds no article: none of .htm" in result.stderr


def test_the_answer_goes_where_output_says(run, tmp_path):
    """And a call that is refused leaves the file as it was."""
    (tmp_path / "a.txt").write_text("Hi.", encoding="utf-8")
    shown = run("extract", "a.txt").stdout
    assert run("extract", "a.txt", "--output", "out.json").stdout == ""
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == shown
    assert run("extract", "a.txt", "--output", "out.json", "--types", "dirct").exit_code == 2
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == shown
