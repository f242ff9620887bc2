"""The plots: confidence against accuracy of quotes, coverage against accuracy of speakers, accuracy against speed of systems, and
speed against clients. In: the report of `calibration.score`, `speakers.score` or `versus.measure`, or the steps of a load test.
Out: a file.

This is the only importer of matplotlib (extra `[evaluation]`); it is imported only to draw. The numbers are the report's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from math import nan
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.clients import slowest
from evaluation.load import CHARACTERS, Step

BAR, POINT, LINE = "#bcd3ec", "#123f73", "#555555"
TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)


def save_reliability(report: Mapping[str, Any], path: Path) -> None:
    """Draw the share of right quotes by confidence, from the report of `calibration.score`."""
    _save(report, path, draw_reliability, "share of quotes that are right", "upper left")


def save_trade_off(report: Mapping[str, Any], path: Path) -> None:
    """Draw the share of right speakers by the share that is named, from the report of `speakers.score`."""
    _save(report, path, draw_trade_off, "share right of those named", "lower left")


def save_versus(rows: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Draw the accuracy of systems against their speed, from the rows of `versus.measure`. Up and right is better."""
    figure = "right F1" if "right F1" in next(iter(rows.values())) else "relation F1, statements"
    with _style():
        drawing = Figure(figsize=(5.6, 4.2), dpi=150, layout="constrained")
        axes = drawing.subplots()
        for name, row in rows.items():
            axes.plot(row["words/s"], row[figure], "o", color=POINT)
            axes.annotate(name, (row["words/s"], row[figure]), xytext=(6, 6), textcoords="offset points", color=POINT)
        axes.set(
            xlabel="words a second, on one core",
            ylabel=figure,
            xlim=(0, 1.6 * max(row["words/s"] for row in rows.values())),
            ylim=(0, 100),
        )
        drawing.savefig(path, metadata=_undated(path))


def save_load(steps: Sequence[Step], path: Path) -> None:
    """Draw how much a service reads, and how long each kind of text takes, by the number of clients."""
    clients = [step.clients for step in steps]
    with _style():
        drawing = Figure(figsize=(10.4, 4.2), dpi=150, layout="constrained")
        speed, times = drawing.subplots(1, 2)
        speed.plot(clients, [sum(each.characters for each in step.read) / step.seconds for step in steps], "o-", color=POINT)
        for kind, mark in zip(CHARACTERS, "os", strict=True):
            slow = [slowest(step.answers(kind), 99) or nan for step in steps]
            times.plot(clients, slow, f"{mark}-", color=POINT, label=kind)
        speed.set(ylabel="characters a second", ylim=(0, None))
        times.set(ylabel="99th percentile, seconds", yscale="log")
        times.legend(frameon=False)
        for axes in (speed, times):
            axes.set_xscale("log", base=2)
            axes.set(xlabel="clients", xticks=clients, xticklabels=clients)
        drawing.savefig(path, metadata=_undated(path))


def _save(report: Mapping[str, Any], path: Path, draw: Callable[..., None], label: str, legend: str) -> None:
    """Draw the panels of all subsets side by side. The suffix of `path` decides the format."""
    with _style():
        figure = Figure(figsize=(5.2 * len(report), 5.4), dpi=150, layout="constrained")
        axes = figure.subplots(1, len(report), squeeze=False, sharey=True)[0]
        for panel, (subset, rows) in zip(axes, report.items(), strict=True):
            draw(panel, subset, rows)
        axes[0].set_ylabel(label)
        axes[0].legend(loc=legend, frameon=False, fontsize=9)
        figure.savefig(path, metadata=_undated(path))


def _style() -> AbstractContextManager[None]:
    """A style in which text stays text in an SVG, and the same report gives the same file."""
    return rc_context({"svg.fonttype": "none", "svg.hashsalt": "plot", "axes.spines.top": False, "axes.spines.right": False})


def _undated(path: Path) -> dict[str, Any] | None:
    return {"Date": None} if path.suffix == ".svg" else None


def draw_trade_off(axes: Axes, subset: str, rows: Mapping[str, Any]) -> None:
    """Draw one panel: a labelled point for each threshold, from naming every speaker to naming only the most probable ones."""
    places = {(step["answered"], step["right"]): step["threshold"] for step in rows["thresholds"] if step["named"]}
    shares, rights = ([place[axis] for place in places] for axis in (0, 1))
    axes.plot(shares, rights, "o-", color=POINT, label="threshold: how probable a speaker must be to be named")
    for number, (place, threshold) in enumerate(places.items()):
        beside = ((4, 6), (-16, -11))[number % 2]  # neighbours may stand close together
        axes.annotate(f"{threshold:g}", place, xytext=beside, textcoords="offset points", fontsize=8, color=POINT)
    axes.set(xlabel="share of all that is named")
    axes.set_title(f"{subset}: {rows['all']['quotes']:,} matched quotes", loc="left")


def draw_reliability(axes: Axes, subset: str, rows: Mapping[str, Any]) -> None:
    """Draw one panel: for each bin a bar with its number of quotes, and a point, which lies on the diagonal if calibrated."""
    bins = [each for each in rows["bins"] if each["quotes"]]
    lows, rights = [each["low"] for each in bins], [each["right"] for each in bins]
    widths = [each["high"] - each["low"] for each in bins]
    axes.bar(lows, rights, widths, align="edge", color=BAR, edgecolor="white", label="share right, with the number of quotes")
    axes.plot([0, 1], [0, 1], linestyle="--", linewidth=1, color=LINE, label="calibrated: as many are right as are said to be")
    axes.plot([each["confidence"] for each in bins], rights, "o", color=POINT, label="share right at the mean confidence")
    for each in bins:
        middle = (each["low"] + each["high"]) / 2
        axes.text(middle, 0.012, f"{each['quotes']:,}", ha="center", fontsize=8, color=POINT)
    axes.set(xlim=(0, 1), ylim=(0, 1.2), xlabel="confidence")
    axes.set_title(f"{subset}: expected calibration error {rows['error']:.3f}", loc="left")
    axes.set_xticks(TICKS)
    axes.set_yticks(TICKS)
