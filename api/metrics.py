"""Metrics for Prometheus, and `GET /metrics`. They hold numbers only: no text, no name, no address, no key.

In: requests and articles, as they are handled. Out: sums over all worker processes, which share files in a folder that
`gunicorn_conf` creates. A single process keeps its numbers in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import cast

from flask import Flask, Response, current_app, g, request
from flask_smorest import Blueprint

from attribution.data import Quote

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder in which processes share their metrics."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

blueprint = Blueprint("metrics", __name__, description="Metrics of the service, for Prometheus.")


@blueprint.route("/metrics")
@blueprint.doc(operationId="getMetrics")
@blueprint.response(200, {"type": "string"}, content_type="text/plain", description="Counters, gauges and histograms.")
def get_metrics() -> Response:
    """Get the metrics of all worker processes, in the text format of Prometheus.

    Requests by route, method and status; seconds by route and by phase of the pipeline; words, quotes, quotes without a speaker;
    articles and characters being read; refusals by reason.
    """
    return Response(*_current().exposition())


class Metrics:
    """The metrics of one app."""

    def __init__(self) -> None:
        # Imported late: prometheus_client decides at its import whether processes share their metrics.
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        own = self.registry = CollectorRegistry()
        self.requests = Counter("attribution_requests", "Requests answered.", ["route", "method", "status"], registry=own)
        self.seconds = Histogram(
            "attribution_request_seconds", "Time to answer a request.", ["route"], buckets=SECONDS, registry=own
        )
        self.phases = Histogram(
            "attribution_phase_seconds",
            "Time of each phase of an article: reading its words, running the network (including the wait for it), finding the "
            "speakers, writing the answer.",
            ["phase"],
            buckets=SECONDS,
            registry=own,
        )
        self.words = Counter("attribution_words", "Words read.", registry=own)
        self.quotes = Counter("attribution_quotes", "Quotes found.", registry=own)
        self.speakerless = Counter("attribution_quotes_without_speaker", "Quotes found without a speaker.", registry=own)
        self.refusals = Counter(
            "attribution_refusals",
            "Requests and lines of streams refused: no key, rate limit, no free place, too many characters or bytes, no memory, "
            "disk full, body too slow, out of time.",
            ["reason"],
            registry=own,
        )
        self.articles = Gauge("attribution_articles_in_flight", "Articles being read.", multiprocess_mode="livesum", registry=own)
        self.characters = Gauge(
            "attribution_characters_in_flight", "Characters of those articles.", multiprocess_mode="livesum", registry=own
        )

    @contextmanager
    def reading(self, characters: int) -> Iterator[None]:
        """Count an article as being read."""
        with self.articles.track_inprogress():
            self.characters.inc(characters)
            try:
                yield
            finally:
                self.characters.dec(characters)

    def count(self, text: str, quotes: Sequence[Quote], seconds: Mapping[str, float]) -> None:
        """Count an article that has been read, and how long each phase took."""
        self.words.inc(len(text.split()))
        self.quotes.inc(len(quotes))
        self.speakerless.inc(sum(quote.speaker is None for quote in quotes))
        for phase, elapsed in seconds.items():
            self.phases.labels(phase).observe(elapsed)

    def exposition(self) -> tuple[bytes, int, dict[str, str]]:
        """The metrics as a response's body, status and headers."""
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self.registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry), 200, {"Content-Type": CONTENT_TYPE_LATEST}


def install(app: Flask) -> Metrics:
    """Count every request of `app`."""
    metrics = app.extensions["metrics"] = Metrics()
    app.after_request(_count)
    return metrics


def _count(response: Response) -> Response:
    """Count a request by its route, never by its path: a client can make up any number of paths."""
    metrics = _current()
    route, method = (request.url_rule.rule, request.method) if request.url_rule else ("", "")
    metrics.requests.labels(route, method, response.status_code).inc()
    metrics.seconds.labels(route).observe(perf_counter() - g.started)
    if stopwatch := g.pop("stopwatch", None):
        metrics.phases.labels("write").observe(stopwatch.lap())
    return response


def count_refusal(reason: str) -> None:
    """Count a refused request, or a refused line of a stream."""
    _current().refusals.labels(reason).inc()


def _current() -> Metrics:
    """The metrics of the app that handles this request."""
    return cast(Metrics, current_app.extensions["metrics"])
