"""Send each family of hostile input to a live service, and record its answer, the time and the memory it takes.

In: families of `hostile`, and a size. Out: a `Hit` for each family, and its row of the table. The service has one worker, no
other load, and the default limits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.clients import Answer, send_request
from evaluation.hostile import FAMILIES, Input
from evaluation.service import Service, memory, reset_peak_memory, serving

SIZE = 20_000
JSON = {"Content-Type": "application/json"}
HEAD = "| input | answer | seconds | added memory, MiB |\n|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Hit:
    """The effect of one family. added: the peak memory above the level before the request, in MiB."""

    name: str
    answer: Answer
    added: float

    def line(self) -> str:
        """The row of the table."""
        said = f"{self.answer.status} {self.answer.code}".strip()
        return f"| {self.name} | {said} | {self.answer.seconds:.2f} | {self.added:.0f} |"


def measure(names: Iterable[str], size: int) -> Iterator[Hit]:
    """Start a service and yield the effect of each family as it is measured."""
    with TemporaryDirectory(prefix="attack-") as folder, serving(Path(folder), WORKERS=1) as service:
        send(service, FAMILIES["an article"](size))
        for name in names:
            yield hit(service, name, FAMILIES[name](size))


def hit(service: Service, name: str, made: Input) -> Hit:
    """Send one input and measure its effect."""
    (worker,) = service.workers
    reset_peak_memory(worker)
    before = memory(worker)
    answer = send(service, made)
    return Hit(name, answer, max(0.0, memory(worker, "VmHWM") - before))


def send(service: Service, made: Input) -> Answer:
    """Send an input as a caller would."""
    fields = {"html" if made.page else "text": made.text, "language": "en", **({"quote": made.quote} if made.quote else {})}
    return send_request(f"{service.url}/v1/{'verify' if made.quote else 'quotes'}", json.dumps(fields).encode(), JSON)
