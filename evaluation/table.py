"""Formats the reports as tables. In: the report of a scorer. Out: text; the numbers are the report's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LABELS = {"p": "P", "r": "R", "f": "F1", "exact f": "exact F1", "right f": "right F1"}

Report = Mapping[str, Mapping[str, Mapping[str, float]]]


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], *, labels: int = 0) -> str:
    """A table in Markdown. The first columns, as many as `labels`, are aligned to the left, the others to the right."""
    marks = ["---"] * labels + ["---:"] * (len(head) - labels)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def corpus_table(report: Report) -> str:
    """One line per row, with precision, recall and F1 of every subset side by side; the speakers below."""
    head = f"{'':<20}" + "".join(f"{subset:^24}" for subset in report)
    labels = f"{'':<20}" + "".join(f"{'P':>8}{'R':>8}{'F1':>8}" for _ in report)
    rows = [name for name in next(iter(report.values())) if name != "speaker"]
    lines = [f"{name:<20}" + "".join(_cells(subset[name]) for subset in report.values()) for name in rows]
    return "\n".join([head.rstrip(), labels, *lines, *_speakers(report)])


def _cells(row: Mapping[str, float]) -> str:
    return "".join(f"{row[figure]:>8.1f}" for figure in ("p", "r", "f"))


def _speakers(report: Report) -> list[str]:
    return [
        f"speaker, {subset}: {row['accuracy on matched']} % of those matched, {row['end to end recall']} % of all {row['n']}"
        for subset, rows in report.items()
        if (row := rows.get("speaker"))
    ]


def seeds_table(report: Mapping[str, Any]) -> str:
    """The tiers, then one line per fault."""
    tiers = [f"{key:<10}{report[key]}" for key in ("core", "nested", "extra", "spurious")]
    return "\n".join([*tiers, *(f"  {fault}" for fault in report["faults"])])


def calibration_table(report: Mapping[str, Any]) -> str:
    """One line per bin, every subset side by side; below, the total, the expected calibration error and the curve."""
    head = f"{'':<12}" + "".join(f"{subset:^28}" for subset in report)
    labels = f"{'confidence':<12}" + "".join(f"{'quotes':>10}{'mean':>9}{'right':>9}" for _ in report)
    bins = zip(*(rows["bins"] for rows in report.values()), strict=True)
    lines = [f"{line[0]['low']:.1f} to {line[0]['high']:.1f}".ljust(12) + "".join(map(_bin, line)) for line in bins]
    total = f"{'all':<12}" + "".join(_bin(rows["all"]) for rows in report.values())
    errors = [_error(subset, rows) for subset, rows in report.items()]
    curves = [f"curve, {subset}: slope {rows['slope']:.2f}, offset {rows['offset']:.2f}" for subset, rows in report.items()]
    return "\n".join([head.rstrip(), labels, *lines, total, *errors, *curves])


def _error(subset: str, rows: Mapping[str, Any]) -> str:
    return f"expected calibration error, {subset}: {rows['error']:.3f}"


def _bin(row: Mapping[str, float | None]) -> str:
    return f"{row['quotes']:>10,}" + "".join(f"{_share(row[figure]):>9}" for figure in ("confidence", "right"))


def speakers_table(report: Mapping[str, Any]) -> str:
    """One line per kind of evidence, every subset side by side; below, one line per threshold."""
    head = f"{'':<12}" + "".join(f"{subset:^36}" for subset in report)
    errors = "\n".join(_error(subset, rows) for subset, rows in report.items())
    return f"{head.rstrip()}\n{_by_evidence(report)}\n{errors}\n\n{head.rstrip()}\n{_by_threshold(report)}"


def _by_evidence(report: Mapping[str, Any]) -> str:
    labels = f"{'evidence':<12}" + "".join(f"{'quotes':>16}{'right':>10}{'mean':>10}" for _ in report)
    empty = {"quotes": 0, "right": None, "probability": None}
    names = dict.fromkeys(name for rows in report.values() for name in rows["evidence"])
    lines = [f"{name:<12}" + "".join(_evidence(rows["evidence"].get(name, empty)) for rows in report.values()) for name in names]
    return "\n".join([labels, *lines, f"{'all':<12}" + "".join(_evidence(rows["all"]) for rows in report.values())])


def _evidence(row: Mapping[str, float | None]) -> str:
    return f"{row['quotes']:>16,}" + "".join(f"{_share(row[figure]):>10}" for figure in ("right", "probability"))


def _by_threshold(report: Mapping[str, Any]) -> str:
    labels = f"{'threshold':<12}" + "".join(f"{'named':>12}{'wrong':>8}{'right':>8}{'F1':>8}" for _ in report)
    steps = zip(*(rows["thresholds"] for rows in report.values()), strict=True)
    lines = [f"{line[0]['threshold']:<12.1f}" + "".join(map(_threshold, line)) for line in steps]
    return "\n".join([labels, *lines])


def _threshold(row: Mapping[str, float | None]) -> str:
    return f"{_share(row['answered']):>12}{row['wrong']:>8,}" + "".join(f"{_share(row[figure]):>8}" for figure in ("right", "f"))


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def breakdown_table(report: Report) -> str:
    """One table per section, one line per group: the number of quotes, the relation, and the F1 of exact quotes."""
    return "\n\n".join(_section(name, groups) for name, groups in report.items())


def _section(name: str, groups: Mapping[str, Mapping[str, float]]) -> str:
    width = max(20, 2 + max(map(len, groups), default=0))
    columns = next(iter(groups.values()), {})
    head = f"{name:<{width}}" + "".join(f"{LABELS.get(column, column):>10}" for column in columns)
    return "\n".join(
        [head, *(f"{group:<{width}}" + "".join(map(_count_or_share, row.values())) for group, row in groups.items())]
    )


def _count_or_share(value: float) -> str:
    return f"{value:>10,}" if isinstance(value, int) else f"{value:>10.1f}"


def news_table(report: Mapping[str, Any], *, faults: bool = False) -> str:
    """The figures of found and right quotes, the other shares, and the faults in found quotes, each with its bounds; then one
    table per section, and the faults, one per line.
    """
    size = f"{report['articles']:,} articles, {report['core']:,} quotes wanted, {report['predicted']:,} told"
    labels = f"{'':<8}" + "".join(f"{label:>8}{'95 %':>16}" for label in ("P", "R", "F1"))
    lines = [f"{hit:<8}" + "".join(map(_bounded, report[hit].values())) for hit in ("found", "right")]
    shares = [_shares("", report["shares"]), _shares("wrong in the found", report["wrong"])]
    sections = [_section(name, groups) for name, groups in report["by"].items()]
    listed = ["\n".join(f"  {article_id} {what}: {' '.join(words.split())}" for article_id, what, words in report["faults"])]
    return "\n\n".join([size, "\n".join([labels, *lines]), *shares, *sections, *(listed if faults else [])])


def _shares(head: str, rows: Mapping[str, Mapping[str, Any]]) -> str:
    labels = f"{head:<44}{'count':>8}{'of':>8}{'share':>8}{'95 %':>16}"
    return "\n".join([labels, *(f"{name:<44}{row['count']:>8,}{row['of']:>8,}{_bounded(row)}" for name, row in rows.items())])


def _bounded(row: Mapping[str, Any]) -> str:
    if row["share"] is None:
        return f"{'–':>8}{'–':>16}"
    bounds = f"{row['low']:.1f} to {row['high']:.1f}"
    return f"{row['share']:>8.1f}{bounds:>16}"
