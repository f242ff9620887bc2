"""What the commands read, print and refuse. Predictions are faked: no model is loaded."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from newsroom import ARTICLE, BORDER, INNER, RAIN, SEA, answer

import attribution
from evaluation import __main__ as commands
from evaluation import lengths, limit, timing
from evaluation.clients import Answer
from evaluation.cores import Throughput
from evaluation.files import checksum, read_lines, write_lines
from evaluation.load import SHORT, Attempt, Step

SEEDS = Path(__file__).parents[2] / "seeds"
GOLD = {"id": "a", "text": "Ann said no.", "quotes": [{"content": [[9, 11]], "cue": [[4, 8]], "source": [[0, 3]]}]}
ANSWER = {
    "id": "a",
    "quotes": [
        {
            "type": "indirect",
            "content": [{"start": 9, "end": 11}],
            "verb": {"start": 4, "end": 8, "act": "say"},
            "source": {"start": 0, "end": 3},
            "speaker": None,
            "confidence": 0.75,
        }
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> str:
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD) + "\n")
    return str(tmp_path / "gold.jsonl")


@pytest.fixture
def predicted(tmp_path: Path) -> str:
    (tmp_path / "predicted.jsonl").write_text(json.dumps(ANSWER) + "\n")
    return str(tmp_path / "predicted.jsonl")


@pytest.fixture
def news(tmp_path: Path) -> str:
    (tmp_path / "news.jsonl").write_text(json.dumps(ARTICLE) + "\n")
    return str(tmp_path / "news.jsonl")


@pytest.fixture
def told(tmp_path: Path) -> str:
    quotes = [answer(SEA, speaker=None), answer(RAIN, type="direct"), answer(INNER), answer(BORDER)]
    (tmp_path / "told.jsonl").write_text(json.dumps({"id": "a", "quotes": quotes}) + "\n")
    return str(tmp_path / "told.jsonl")


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(commands.main, arguments)
    assert result.exit_code == code, result.output
    return result.output


def fake(texts: Mapping[str, str], **options: Any) -> Iterator[dict[str, Any]]:
    return (ANSWER | {"id": article_id} for article_id in texts)


def test_news_is_scored_as_tables(news: str, told: str) -> None:
    size, figures, shares, wrong = run("news", news, told).strip().split("\n\n")
    assert size == "1 articles, 3 quotes wanted, 4 told"
    assert figures.splitlines()[1].split() == [
        *("found", "75.0", "75.0", "to", "75.0"),
        *("100.0", "100.0", "to", "100.0"),
        *("85.7", "85.7", "to", "85.7"),
    ]
    assert shares.splitlines()[1].split() == ["marked", "quotes", "found", "1", "1", "100.0", "100.0", "to", "100.0"]
    assert "kind right, of the matched 0 0 – –" in [" ".join(line.split()) for line in shares.splitlines()]
    assert [line.split()[:4] for line in wrong.splitlines()[1:3]] == [["type", "1", "3", "33.3"], ["speaker", "1", "3", "33.3"]]


def test_news_can_be_reported_by_group_and_fault_by_fault(news: str, told: str) -> None:
    *_, families, evidence, faults = run("news", news, told, "--by", "family", "--by", "evidence", "--faults").split("\n\n")
    assert families.splitlines()[1].split() == ["seaside", "3", "4", "75.0", "100.0", "85.7", "28.6"]
    assert evidence.splitlines()[1].split() == ["name", "2", "2", "0", "0", "100.0"]
    assert faults.splitlines()[:2] == [
        "  a spurious topic: the border",
        "  a wrong speaker: None for ['Ann Lee', 'Lee'] | mixed for mixed | the sea was “rising fast”",
    ]


def test_news_is_scored_as_json(news: str, told: str) -> None:
    report = json.loads(run("news", news, told, "--by", "type", "--json"))
    assert report["found"]["f"]["share"] == 85.7
    assert report["by"]["type"]["mixed"]["p"] == 100.0
    assert report["faults"][0] == ["a", "spurious topic", "the border"]


def test_annotations_without_texts_are_scored_with_the_texts_of_another_file(news: str, told: str, tmp_path: Path) -> None:
    (article,) = read_lines(Path(news))
    text, notes, texts = article.pop("text"), tmp_path / "notes.jsonl", tmp_path / "texts.jsonl"
    write_lines(notes, [article | {"sha256": checksum(text)}])
    write_lines(texts, [{"id": "a", "text": text}])
    assert run("news", str(notes), told, "--texts", str(texts)) == run("news", news, told)
    write_lines(texts, [{"id": "a", "text": f"{text} More."}])
    assert "does not have the text of a that notes.jsonl annotates" in run(
        "news", str(notes), told, "--texts", str(texts), code=1
    )


@pytest.mark.parametrize("kinds", [[], ["attitudes"], ["attitudes", "topics"]])
def test_news_is_predicted_with_the_default_options_and_the_chosen_kinds(
    news: str, kinds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def note(texts: Mapping[str, str], **options: Any) -> Iterator[dict[str, Any]]:
        asked.append(options)
        return fake(texts)

    monkeypatch.setattr(commands, "predict", note)
    run("news", news, "--run", *(f"--{kind}" for kind in kinds))
    assert asked == [{kind: kind in kinds for kind in commands.KINDS}]


@pytest.mark.parametrize(
    ("command", "options"), [("calibration", {}), ("speakers", {"min_speaker_probability": 0})], ids=["calibration", "speakers"]
)
def test_news_is_scored_on_the_answers_of_a_caller_with_nested_quotes(
    command: str, options: dict[str, Any], news: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def note(texts: Mapping[str, str], **options: Any) -> Iterator[dict[str, Any]]:
        asked.append(options)
        return iter(read_lines(Path(told)))

    monkeypatch.setattr(commands, "predict", note)
    assert run(command, news, "--run") == run(command, news, told)
    assert asked == [options]


def test_gold_without_kinds_is_not_news(gold: str, predicted: str) -> None:
    assert "the quotes in gold.jsonl have no kind: score the file with `corpus`" in run("news", gold, predicted, code=2)


def test_a_corpus_is_scored_as_a_table(gold: str, predicted: str) -> None:
    lines = run("corpus", gold, predicted).splitlines()
    assert lines[0].split() == ["statements", "quoted"]
    assert lines[-1].split() == ["relation", "exact", "100.0", "100.0", "100.0", "0.0", "0.0", "0.0"]


def test_a_corpus_is_scored_as_json(gold: str, predicted: str) -> None:
    assert json.loads(run("corpus", gold, predicted, "--json"))["statements"]["relation"] == {"p": 100.0, "r": 100.0, "f": 100.0}


def test_speakers_stand_below_the_table(tmp_path: Path, predicted: str) -> None:
    named = GOLD | {"quotes": [{"content": [[9, 11]], "cue": [[4, 8]], "source": [[0, 3]], "speaker": "Ann", "named": True}]}
    (tmp_path / "named.jsonl").write_text(json.dumps(named))
    assert run("corpus", str(tmp_path / "named.jsonl"), predicted).endswith(
        "speaker, statements: 0.0 % of those matched, 0.0 % of all 1\n"
    )


def test_run_predicts_and_save_writes_the_predictions(gold: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "predict_flat", fake)
    run("corpus", gold, "--run", "--save", str(tmp_path / "kept.jsonl"))
    assert read_lines(tmp_path / "kept.jsonl") == [ANSWER]


def test_a_corpus_is_predicted_with_the_kinds_that_it_annotates(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(commands, "predict_flat", lambda texts, **options: asked.append(options) or fake(texts))
    run("corpus", gold, "--run")
    assert asked == [{"attitudes": True, "topics": True}]


def test_nested_quotes_are_scored_with_the_option(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "predict", fake)
    assert json.loads(run("corpus", gold, "--run", "--nested", "--json"))["statements"]["relation"]["f"] == 100.0


def test_calibration_shows_every_bin_the_error_and_the_curve(gold: str, predicted: str) -> None:
    lines = run("calibration", gold, predicted).splitlines()
    assert lines[0].split() == ["statements", "quoted"]
    assert lines[2].split() == ["0.0", "to", "0.1", "0", "–", "–", "0", "–", "–"]
    assert lines[9].split() == ["0.7", "to", "0.8", "1", "0.750", "1.000", "0", "–", "–"]
    assert lines[12].split() == ["all", "1", "0.750", "1.000", "0", "–", "–"]
    assert lines[13:15] == ["expected calibration error, statements: 0.250", "expected calibration error, quoted: 0.000"]
    assert [line.split(":")[0] for line in lines[15:]] == ["curve, statements", "curve, quoted"]
    assert json.loads(run("calibration", gold, predicted, "--json"))["statements"]["error"] == 0.25


def test_calibration_draws_its_plot(gold: str, predicted: str, tmp_path: Path) -> None:
    run("calibration", gold, predicted, "--plot", str(tmp_path / "plot.svg"))
    assert "</svg>" in (tmp_path / "plot.svg").read_text(encoding="utf-8")


def test_a_plot_with_an_unknown_suffix_is_refused(gold: str, predicted: str) -> None:
    assert "plot.txt is not a plot file: use a name that ends in .svg or .png" in run(
        "calibration", gold, predicted, "--plot", "plot.txt", code=2
    )


def test_without_matplotlib_a_plot_names_the_remedy(gold: str, predicted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert "install the extra [evaluation]" in run("calibration", gold, predicted, "--plot", "plot.svg", code=1)


def test_predictions_without_confidence_are_refused(gold: str, tmp_path: Path) -> None:
    (tmp_path / "bare.jsonl").write_text(json.dumps({"id": "a", "quotes": [{"content": [{"start": 9, "end": 11}]}]}))
    assert "article a: a quote has no confidence" in run("calibration", gold, str(tmp_path / "bare.jsonl"), code=1)


def test_speakers_of_any_probability_are_predicted_and_plotted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(commands, "predict", lambda texts, **options: asked.append(options) or fake(texts))
    named = GOLD | {"quotes": [{**GOLD["quotes"][0], "speaker": "Ann", "named": True}]}
    (tmp_path / "named.jsonl").write_text(json.dumps(named))
    lines = run("speakers", str(tmp_path / "named.jsonl"), "--run", "--plot", str(tmp_path / "plot.svg")).splitlines()
    assert asked == [{"attitudes": True, "topics": True, "min_speaker_probability": 0}]
    assert lines[2].split() == ["none", "1", "0.000", "–", "0", "–", "–"]
    assert "</svg>" in (tmp_path / "plot.svg").read_text(encoding="utf-8")


def test_speakers_of_a_corpus_that_names_none_are_refused(gold: str, predicted: str) -> None:
    assert "no matched quote has a named speaker" in run("speakers", gold, predicted, code=1)


def test_a_breakdown_of_predictions_has_publishers_types_and_acts(gold: str, predicted: str) -> None:
    sections = [section.splitlines() for section in run("breakdown", gold, predicted).split("\n\n")]
    assert [head.split() for head, _ in sections] == [
        [name, "gold", "predicted", "P", "R", "F1", "exact", "F1"] for name in ("publisher", "type", "act")
    ]
    assert [row.split() for _, row in sections] == [
        [group, "1", "1", "100.0", "100.0", "100.0", "100.0"] for group in ("none", "indirect", "other")
    ]


def test_a_breakdown_with_run_has_mark_styles_too(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "predict_flat", fake)
    report = json.loads(run("breakdown", gold, "--run", "--json"))
    assert list(report) == ["publisher", "type", "act", "mark style", "mark style, quoted"]
    assert report["mark style"]["guillemets"]["f"] == 100.0


def test_the_seeds_gold_is_right_by_its_own_measure(tmp_path: Path) -> None:
    golds = [path.read_text(encoding="utf-8").replace("\n", " ") for path in SEEDS.glob("*.json")]
    (tmp_path / "predicted.jsonl").write_text("\n".join(golds), encoding="utf-8")
    assert run("seeds", "--folder", str(SEEDS), str(tmp_path / "predicted.jsonl")).splitlines() == [
        "core      40 of 40 right, 40 found",
        "nested    1 of 1",
        "extra     10 of 10 found",
        "spurious  0",
    ]


def test_speed_reads_texts_through_the_library(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "predict", fake)
    monkeypatch.setattr(timing.speed, "stay_on_one_core", lambda: None)
    assert run("speed", gold, "--words", "3", "--repeat", "2").splitlines()[0].split() == ["articles", "2.0"]
    assert run("speed", gold, "--words", "3").splitlines()[1].split() == ["words", "an", "article", "3.0"]


def test_speed_measures_all_cores_one_core_its_limit_and_each_length(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "load", lambda: None)
    monkeypatch.setattr(timing, "predict", fake)
    monkeypatch.setattr(timing.speed, "stay_on_one_core", lambda: None)
    monkeypatch.setattr(timing.cores, "measure", lambda texts, read: Throughput(2, len(texts), 100, 1.0))
    monkeypatch.setattr(limit, "measure", lambda nlp, texts: limit.Limit(1e9, 1))
    lines = run("speed", gold, str(SEEDS / "kremlin.txt")).splitlines()
    heads = ["All cores", "One core", "The limit of the core", lengths.HEAD]
    assert [line for line in lines if line in heads] == heads
    assert lines[-1].split()[0] == "100"


def test_load_measures_each_number_of_clients_in_turn(gold: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def measure(url: str, texts: list[str], *, clients: int, **options: Any) -> Step:
        assert (url, texts, options) == ("http://service", [GOLD["text"]], {"seconds": 1.0, "pids": ()})
        return Step(clients, 1.0, [Attempt(SHORT, 400, Answer("200", 0.1))], [])

    monkeypatch.setattr(timing.load, "measure", measure)
    given = ("load", gold, "--url", "http://service/", "--seconds", "1", "--plot", str(tmp_path / "load.svg"))
    rows = run(*given, "--clients", "1,4").partition("\n\n")[0].splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| 1", "| 4"]
    assert "</svg>" in (tmp_path / "load.svg").read_text(encoding="utf-8")
    assert "write 1,2,4" in run("load", gold, "--clients", "1,0", code=2)


def test_the_peers_are_compared_in_one_table(gold: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plot = tmp_path / "peers.svg"
    asked: list[dict[str, bool]] = []

    @contextmanager
    def systems(commands: Mapping[str, str], **kinds: bool) -> Iterator[dict[str, Any]]:
        asked.append({**commands, **kinds})
        yield {"silent": lambda text: {"quotes": []}}

    monkeypatch.setattr(timing.speed, "stay_on_one_core", lambda: None)
    monkeypatch.setattr(timing, "find_spec", lambda name: True)
    monkeypatch.setattr(timing.peers, "systems", systems)
    assert run("peers", gold, "--command", "mine=read --json", "--plot", str(plot)).splitlines()[2].startswith("| silent | 0.0 |")
    assert asked == [{"mine": "read --json", "attitudes": True, "topics": True}]
    assert "silent" in plot.read_text(encoding="utf-8")


def test_without_a_parser_there_are_no_peers(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "find_spec", lambda name: None)
    assert "install the extra [peers]" in run("peers", gold, code=1)


@pytest.mark.parametrize("more", [[], ["PREDICTED", "--run"], ["PREDICTED", "--save", "kept.jsonl"]])
def test_predictions_come_from_one_place(more: list[str], gold: str, predicted: str) -> None:
    assert "--run" in run("corpus", gold, *(predicted if each == "PREDICTED" else each for each in more), code=2)


def test_a_missing_prediction_is_named(gold: str, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    assert "no prediction for 1 articles, such as a" in run("corpus", gold, str(tmp_path / "none.jsonl"), code=1)


def test_a_folder_without_seeds_is_refused(tmp_path: Path, predicted: str) -> None:
    assert "no seed" in run("seeds", "--folder", str(tmp_path), predicted, code=2)


def test_too_few_words_for_an_article_are_refused(gold: str) -> None:
    assert "fewer than 500 words" in run("speed", gold, "--words", "500", code=2)
