"""What changes from one model to the next, quote by quote."""

import json

from click.testing import CliRunner
from newsroom import ARTICLE, RAIN, SEA, SUN, TEXT, answer, speaker

from evaluation.__main__ import main
from evaluation.changes import compare, table

BEFORE = {"a": {"id": "a", "quotes": [answer(SEA), answer(RAIN)]}}


def report(*quotes):
    return compare({"a": TEXT}, BEFORE, {"a": {"id": "a", "quotes": list(quotes)}})


def test_the_same_answers_are_the_same():
    found = report(answer(SEA), answer(RAIN))
    assert (found["same"], found["changed"], found["gone"], found["new"], found["lines"]) == (2, 0, 0, 0, [])


def test_a_quote_is_changed_in_its_parts_gone_or_new():
    found = report(answer(SEA, speaker=speaker("Bob Orr"), verb=None), answer(SUN))
    assert (found["same"], found["changed"], found["gone"], found["new"]) == (0, 1, 1, 1)
    assert {part for part, count in found["parts"].items() if count} == {"speaker", "verb"}
    assert [what for _, what, _ in found["lines"]] == ["changed verb, speaker", "gone", "new"]
    assert "2 quotes before, 2 now" in table(found)


def test_the_command_compares_two_files(tmp_path):
    files = [tmp_path / name for name in ("texts.jsonl", "before.jsonl", "now.jsonl")]
    for file, line in zip(files, (ARTICLE, BEFORE["a"], {"id": "a", "quotes": [answer(SEA)]}), strict=True):
        file.write_text(json.dumps(line), encoding="utf-8")
    shown = CliRunner().invoke(main, ["changes", *map(str, files)])
    assert shown.exit_code == 0, shown.output
    assert "gone            1\n" in shown.output
