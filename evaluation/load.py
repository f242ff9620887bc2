"""Measures how an overloaded live service answers articles and health checks.

In: the address of a service, articles, how many clients send them at once and for how long. Out: times by kind and status of
answer, in plain text. It knows the service only by HTTP and judges nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from time import monotonic, perf_counter, sleep
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from evaluation.speed import percentile

PAUSE = 0.02
"""Seconds between two health checks, and before a client that was refused retries."""


def measure(url: str, texts: Sequence[str], *, clients: int, seconds: float) -> dict[str, list[float]]:
    """The seconds of all answers, e.g. by `article 200`, while `clients` send articles and one checks the health."""
    until = monotonic() + seconds
    articles = [Request(f"{url}/v1/quotes", text.encode(), {"Content-Type": "text/plain"}) for text in texts]
    orders = [*[articles] * clients, [Request(f"{url}/health/ready")]]
    times: dict[str, list[float]] = defaultdict(list)
    with ThreadPoolExecutor(len(orders)) as threads:
        for answers in threads.map(lambda requests: list(_answers(requests, until)), orders):
            for answer, taken in answers:
                times[answer].append(taken)
    return dict(times)


def report(times: Mapping[str, Sequence[float]]) -> str:
    """The figures as a plain-text table."""
    rows = [f"{'answered':<20}{'times':>8}{'p50 ms':>10}{'p95 ms':>10}{'most ms':>10}"]
    for answer, taken in sorted(times.items()):
        figures = "".join(f"{1000 * percentile(taken, percent):>10,.1f}" for percent in (50, 95, 100))
        rows.append(f"{answer:<20}{len(taken):>8,}{figures}")
    return "\n".join(rows)


def _answers(requests: Sequence[Request], until: float) -> Iterator[tuple[str, float]]:
    """Send the requests in turn, at least one, until the time is over. Yield each answer and its seconds."""
    for request in cycle(requests):
        start = perf_counter()
        status = _status(request)
        yield f"{'article' if request.data else 'health'} {status}", perf_counter() - start
        if monotonic() > until:
            return
        if not request.data or status != "200":
            sleep(PAUSE)


def _status(request: Request) -> str:
    try:
        with urlopen(request, timeout=300) as response:
            response.read()
            return str(response.status)
    except HTTPError as error:
        return str(error.code)
    except OSError:
        return "unanswered"
