"""`attribution extract`: its input, its output and its errors."""

import json
import sys
from dataclasses import asdict, replace

import pytest
from click.testing import CliRunner
from samples import KNOWN, SAMPLES, written

import attribution
from api import examples
from attribution.command import cli, extraction
from attribution.data import ArticleWarning
from attribution.errors import ModelError, TextError
from attribution.options import OPTIONS


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs the command in an empty folder, with a fake `extract` that returns the example and records its calls."""
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


@pytest.fixture
def warn(run, monkeypatch):
    """Adds a warning to every answer."""
    extract = attribution.extract

    def add(warning):
        monkeypatch.setattr(attribution, "extract", lambda *text, **more: replace(extract(*text, **more), warnings=(warning,)))

    return add


def test_extract_prints_the_answer_as_json(run, tmp_path):
    """The same as the service returns."""
    (tmp_path / "article.txt").write_bytes(examples.TEXT.encode())
    result = run("extract", "article.txt", "--id", "bridge", "--attitudes")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == examples.ARTICLE.to_dict()
    assert run.calls == [(examples.TEXT, "bridge", {"attitudes": True})]


def test_extract_reads_a_pipe_as_it_is(run):
    """Windows line ends are kept: offsets point into the text as received."""
    assert run("extract", "-", input="“Hi,”\r\nshe said.".encode()).exit_code == 0
    assert run.calls == [("“Hi,”\r\nshe said.", None, {})]


def test_extract_prints_a_table(run):
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
    """To keep, or to send to someone without the service."""
    page = run("extract", "-", "--format", "html", input=examples.TEXT)
    assert page.stdout.startswith("<!doctype html>")
    assert json.dumps(examples.TEXT, ensure_ascii=False) in page.stdout


WARNED = ArticleWarning("no-words", "The text has no\x1b words: check it.")


@pytest.mark.parametrize("form", ["table", "csv", "markdown", "html"])
def test_warnings_go_to_standard_error(run, warn, form):
    """Without control sequences."""
    warn(WARNED)
    result = run("extract", "-", "--format", form, input="Hi")
    assert (result.exit_code, result.stderr) == (0, "Warning: The text has no words: check it.\n")


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_json_holds_the_warnings(run, warn, form):
    """They are not printed twice."""
    warn(WARNED)
    result = run("extract", "-", "--format", form, input="Hi")
    assert (result.stderr, json.loads(result.stdout)["warnings"]) == ("", [asdict(WARNED)])


def test_with_several_articles_each_warning_names_its_article(run, warn, tmp_path):
    """And stands before the errors."""
    warn(WARNED)
    for name, data in {"a.txt": b"One", "b.txt": b"caf\xe9"}.items():
        (tmp_path / name).write_bytes(data)
    result = run("extract", "a.txt", "b.txt", "--format", "csv")
    first, second = result.stderr.splitlines()
    assert first == "Warning: a.txt: The text has no words: check it."
    assert second.startswith("Error: b.txt: ")


@pytest.fixture
def folder(tmp_path):
    """Two articles with an unreadable one between them, and two in one file without a final line end."""
    lines = b'{"text": "One"}\n{"text": "Two"}'
    for name, data in {"a.txt": b"One", "b.txt": b"caf\xe9", "c.txt": b"Three", "lines.ndjson": lines}.items():
        (tmp_path / name).write_bytes(data)
    return "a.txt", "b.txt", "c.txt"


def test_with_several_files_each_answer_names_its_file(run, folder):
    """A file that cannot be read does not affect the others."""
    result = run("extract", *folder, "--format", "ndjson")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a.txt", "c.txt"]
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: b.txt: This is not UTF-8")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["a.html", "A.HTM"])
def test_html_is_recognised_by_its_name(run, tmp_path, name):
    """Offsets point into the text in the answer."""
    (tmp_path / name).write_text(examples.HTML, encoding="utf-8")
    assert json.loads(run("extract", name).stdout)["text"] == examples.TEXT
    assert run.calls == [({"html": examples.HTML}, None, {})]


def test_the_form_of_a_pipe_can_be_given(run):
    """It has no name to recognise it by."""
    assert run("extract", "-", "--input", "html", input=examples.HTML).exit_code == 0
    assert run("extract", "-", "--input", "ndjson", input='{"text": "Hi"}').exit_code == 0
    assert run.calls == [({"html": examples.HTML}, None, {}), ("Hi", "-:1", {})]


def test_the_page_of_html_shows_the_text_that_was_read(run):
    page = run("extract", "-", "--input", "html", "--format", "html", input=examples.HTML)
    assert f'{{"text": {json.dumps(examples.TEXT, ensure_ascii=False)}, "answer"' in page.stdout


def test_the_error_for_an_html_page_given_as_text_names_the_option(run):
    result = run("extract", "-", input="<!doctype html><p>Hi")
    assert (result.exit_code, run.calls) == (1, [])
    assert "Standard input: This is an HTML page. Use --input html" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        (
            "a.json",
            '{"text": "Hi"}',
            "This is JSON. Give its text, or write each object on one line and name the file .ndjson",
        ),
        ("a.rtf", r"{\rtf1 Hi}", "This is not a text file."),
        ("a.txt", "https://example.org/a\n", "This is an address, and nothing is fetched: send the text or the HTML"),
        ("a.html", "https://example.org/a\n", "This is an address"),
    ],
)
def test_a_file_that_is_no_article_is_refused_with_the_remedy(run, tmp_path, name, content, remedy):
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("extract", name)
    assert (result.exit_code, run.calls) == (1, [])
    assert f"Error: {name}: {remedy}" in result.stderr


RECORDS = (attribution.KnownSpeaker("Q42", "Ann Lee", ("Mayor Lee",)), attribution.KnownSpeaker("Q43", "Bob"))


def test_a_line_of_ndjson_is_an_article_with_its_own_options(run):
    """They take precedence over those of the command. A line without an id is named by its number in an editor."""
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
    "cut off": (b'{"text": "Hi"', "not valid JSON: Expecting ',' delimiter at column 14"),
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
def test_a_bad_line_loses_only_its_own_answer(run, tmp_path, line, remedy):
    """The error has its number and the remedy, and the other lines are read."""
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One"}\n' + line + b'\n{"text": "Three"}')
    result = run("extract", "a.jsonl")
    assert [answer["id"] for answer in json.loads(result.stdout)] == ["a.jsonl:1", "a.jsonl:3"]
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: a.jsonl, line 2: ")
    assert remedy in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_invalid_option_in_a_line_loses_only_that_line(tmp_path):
    """The library says what is valid."""
    (tmp_path / "a.ndjson").write_text('{"text": "Hi", "types": "direct"}\n{"text": "“Hi,” said Ann."}', encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["extract", str(tmp_path / "a.ndjson")])
    assert (result.exit_code, len(json.loads(result.stdout))) == (1, 1)
    assert "line 1: types is 'direct': give a list of strings" in result.stderr


def test_ndjson_answers_are_printed_as_soon_as_they_are_ready(run, monkeypatch):
    """The first answer is printed before the second article is read."""
    printed = []
    monkeypatch.setattr(extraction.click, "echo", lambda text, **options: printed.append(len(run.calls)))
    run("extract", "-", "--input", "ndjson", "--format", "ndjson", input='{"text": "One"}\n{"text": "Two"}')
    assert printed == [1, 2]


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_reaches_the_library(run, tmp_path, name):
    """Under the library's name."""
    (tmp_path / "known.json").write_text(json.dumps(KNOWN), encoding="utf-8")
    words = {"flag": [], "known_speakers": ["known.json"]}.get(OPTIONS[name].kind, [written(SAMPLES[name])])
    assert run("extract", "-", f"--{name.replace('_', '-')}", *words, input="Hi").exit_code == 0
    assert run.calls == [("Hi", None, {name: RECORDS if name == "known_speakers" else SAMPLES[name]})]


def test_a_list_of_words_may_be_empty(run):
    assert run("extract", "-", "--include", "", input="Hi").exit_code == 0
    assert run.calls == [("Hi", None, {"include": []})]


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (["--types", "dirct"], "types: there is no 'dirct'; choose from direct, mixed, indirect."),
        (["--acts", ""], "acts is empty: leave it out for all."),
        (["--min-confidence", "90"], "give a number from 0 to 1."),
        (["--known-speakers", "known.json"], "known.json: known_speakers must be a list of objects with id, name and aliases."),
        (["--format", "html", "--offset-unit", "utf16"], "--format html counts code points. Leave out --offset-unit."),
        (["--format", "html", "--input", "ndjson"], "--format html shows one article."),
        (["--id", "x", "--input", "ndjson"], "--id is for one article."),
    ],
)
def test_an_invalid_option_is_a_usage_error(run, tmp_path, options, remedy):
    """Before anything is read."""
    (tmp_path / "known.json").write_text("{}", encoding="utf-8")
    result = run("extract", "-", *options, input='{"text": "Hi"}')
    assert (result.exit_code, result.stdout, run.calls) == (2, "", [])
    assert remedy in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("options", "remedy"), [(["--id", "x"], "--id is for one article"), (["--format", "html"], "Give one FILE with one")]
)
def test_options_for_a_single_article_are_refused_with_several(run, folder, options, remedy):
    """Before anything is read."""
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
def test_progress_is_shown_for_several_articles_on_a_terminal_without_answers(
    run, folder, monkeypatch, files, errors_seen, output_seen, shown
):
    """It disturbs neither a log nor answers on the screen. It ends with the last byte."""
    bars = []
    progressbar = extraction.click.progressbar
    monkeypatch.setattr(extraction.click, "progressbar", lambda **options: bars.append(progressbar(**options)) or bars[-1])
    monkeypatch.setattr(extraction, "on_terminal", lambda stream: errors_seen if stream is sys.stderr else output_seen)
    run("extract", *files)
    (bar,) = bars
    assert (not bar.hidden, bar.pos) == (shown, bar.length)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"caf\xe9", "byte 3 (0xE9) is invalid. Convert it first"),
        (b"%PDF-1.7\n%\xe2", "Standard input: This is not a text file. Open it in its own program, copy the text"),
        (b"", "Standard input: The text is empty. Give it words."),
    ],
)
def test_unreadable_input_is_a_one_line_error(run, data, remedy):
    """Exit code 1, no traceback."""
    result = run("extract", "-", input=data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert remedy in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_pipeline_is_a_one_line_error(run, monkeypatch):
    """It is not reported as an error of the article."""

    def fail(**options):
        raise ModelError("No pipeline. Train one.")

    monkeypatch.setattr(attribution, "extract", fail)
    result = run("extract", "-", input="Hi")
    assert (result.exit_code, result.stderr) == (1, "Error: No pipeline. Train one.\n")


def test_a_folder_is_read_in_order_of_names(run, tmp_path):
    """With its subfolders; other files are ignored."""
    for name in ("f/b.txt", "f/g/a.html", "f/picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Hi.", encoding="utf-8")
    result = run("extract", "f", "--format", "ndjson")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["f/b.txt", "f/g/a.html"]


@pytest.mark.parametrize("several", ["f", "f/*.txt"])
def test_the_answers_have_the_same_form_if_a_folder_or_a_pattern_holds_one_article(run, tmp_path, several):
    """A list, with the name of the file: a script need not know how many there are."""
    (tmp_path / "f").mkdir()
    (tmp_path / "f/a.txt").write_text("Hi.", encoding="utf-8")
    assert [answer["id"] for answer in json.loads(run("extract", several).stdout)] == ["f/a.txt"]


@pytest.mark.parametrize(
    ("pattern", "ids"), [("f/*.txt", ["f/a.txt", "f/b.txt"]), ("f/**/*.txt", ["f/a.txt", "f/b.txt", "f/g/c.txt"])]
)
def test_a_pattern_stands_for_the_files_that_match_it(run, tmp_path, pattern, ids):
    """In order of their names."""
    for name in ("f/b.txt", "f/a.txt", "f/g/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Hi.", encoding="utf-8")
    result = run("extract", pattern, "--format", "ndjson")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ids


def test_a_pattern_that_matches_nothing_is_a_usage_error(run):
    result = run("extract", "f/*.txt")
    assert (result.exit_code, "'f/*.txt' does not exist" in result.stderr) == (2, True)


def test_a_file_may_have_the_characters_of_a_pattern_in_its_name(run, tmp_path):
    (tmp_path / "a[1].txt").write_text("Hi.", encoding="utf-8")
    assert run("extract", "a[1].txt").exit_code == 0


def test_a_folder_without_articles_is_a_usage_error(run, tmp_path):
    """The error lists the suffixes."""
    (tmp_path / "empty").mkdir()
    result = run("extract", "empty")
    assert result.exit_code == 2
    assert "empty has no article: no file ends in .htm" in result.stderr


def test_output_names_the_file_for_the_answer(run, tmp_path):
    """A call that is refused does not change the file."""
    (tmp_path / "a.txt").write_text("Hi.", encoding="utf-8")
    shown = run("extract", "a.txt").stdout
    assert run("extract", "a.txt", "--output", "out.json").stdout == ""
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == shown
    assert run("extract", "a.txt", "--output", "out.json", "--types", "dirct").exit_code == 2
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("command", ["extract", "batch", "explain", "verify"])
def test_an_address_is_a_usage_error_that_says_how_to_fetch_the_page(run, command):
    result = run(command, "https://example.org/a?b=c&d=e", "out.jsonl")
    assert (result.exit_code, run.calls) == (2, [])
    assert "Nothing is fetched. Save the page first: curl -s 'https://example.org/a?b=c&d=e' > article.html" in result.stderr
