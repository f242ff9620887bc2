"""The outcomes of requests to a service, which is faked here. No test asserts a time."""

import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from evaluation.clients import Answer, Clients, send_request


class Played(BaseHTTPRequestHandler):
    """Answers an article by its text: `busy` with 503, `break` with 500, `hang up` not at all, all others with 200."""

    def do_GET(self):
        self.answer(200, {})

    def do_POST(self):
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if said == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status = {"busy": 503, "break": 500}.get(said, 200)
        self.answer(status, {"code": said} if status != 200 else {"said": self.server.said or said})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if status == 200 else "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        if status == 503:
            self.send_header("Retry-After", "2")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def played(said=""):
    """The address of such a service, and itself; it answers that something was `said`, or what was."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Played)
    server.said = said
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [(b"a", "200", ""), (b"busy", "503", "busy"), (b"break", "500", "break"), (b"hang up", "lost", "")],
)
def test_an_outcome_is_a_status_with_its_code_or_lost(body, status, code):
    with played() as (url, _):
        answer = send_request(f"{url}/v1/quotes", body)
    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize(("body", "seconds"), [(b"busy", 2.0), (b"a", 0.0)])
def test_an_outcome_says_how_long_to_wait_before_the_next_try(body, seconds):
    with played() as (url, _):
        assert send_request(f"{url}/v1/quotes", body).retry_after == seconds


def test_a_refused_connection_is_not_a_lost_request():
    """The request was never accepted."""
    with played() as (url, _):
        pass
    assert send_request(url, b"a").status == "refused"


@pytest.mark.parametrize(
    ("status", "unexpected"), [("200", False), ("422", False), ("503", False), ("504", False), ("500", True), ("502", True)]
)
def test_only_server_errors_that_the_service_never_answers_by_design_are_unexpected(status, unexpected):
    assert Answer(status, 0.0).unexpected == unexpected


def test_clients_send_until_the_block_ends_and_check_the_health():
    with played() as (url, _), Clients(url, ["a", "busy", "break", "hang up"], 4) as clients:
        while len(clients.articles) < 8 or not clients.health:
            pass
    assert set(clients.statuses) == {"200", "503", "500", "lost"}
    assert clients.unexpected == clients.statuses["500"]
    assert {answer.status for answer in clients.health} == {"200"}
    assert clients.slowest_health > 0


def test_a_different_answer_to_the_same_article_is_counted():
    with played() as (url, server), Clients(url, ["a"], 1) as clients:
        while len(clients.articles) < 2:
            pass
        server.said = "something else"
        before = len(clients.articles)
        while len(clients.articles) < before + 3:
            pass
    assert 0 < clients.different < len(clients.articles)
