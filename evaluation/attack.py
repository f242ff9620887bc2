"""Send each family of hostile input to a live service, and note what it answers, how long it takes and how much memory.

In: families of `hostile`, and a size. Out: a `Hit` for each, and a line of a table for each. The service has one process, nothing
else to do, and limits as they are without settings.
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
HEAD = "| input | answer | seconds | more memory at most, MiB |\n|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a family did. more: MiB that the process held more than before, at most."""

    name: str
    answer: Answer
    more: float

    def line(self) -> str:
        """The row of the table."""
        said = f"{self.answer.status} {self.answer.code}".strip()
        return f"| {self.name} | {said} | {self.answer.seconds:.2f} | {self.more:.0f} |"


def measure(names: Iterable[str], size: int) -> Iterator[Hit]:
    """What each of some families does to a service of its own, as it is measured."""
    with TemporaryDirectory(prefix="attack-") as folder, serving(Path(folder), WORKERS=1) as service:
        send(service, FAMILIES["an article"](size))
        for name in names:
            yield hit(service, name, FAMILIES[name](size))


def hit(service: Service, name: str, made: Input) -> Hit:
    """What one input does."""
    (worker,) = service.workers
    reset_peak_memory(worker)
    before = memory(worker)
    answer = send(service, made)
    return Hit(name, answer, max(0.0, memory(worker, "VmHWM") - before))


def send(service: Service, made: Input) -> Answer:
    """Send an input as a caller would."""
    fields = {"html" if made.page else "text": made.text, "language": "en", **({"quote": made.quote} if made.quote else {})}
    return send_request(f"{service.url}/v1/{'verify' if made.quote else 'quotes'}", json.dumps(fields).encode(), JSON)
