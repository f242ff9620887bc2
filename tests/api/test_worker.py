"""Slow clients, malicious or not, do not affect other clients. Over a live gunicorn."""

import errno
import json
import signal
import socket
import time
from contextlib import ExitStack

import pytest
from live import call, serving, status, wait_until

HEADER = b"POST /v1/quotes HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
BODY = HEADER + b"Content-Length: 100\r\n\r\nIt"
CHUNK = HEADER + b"Transfer-Encoding: chunked\r\n\r\n64\r\nIt"


@pytest.fixture
def connect():
    """Opens connections, sends some bytes, and keeps the connections open until the test ends."""
    with ExitStack() as stack:

        def opened(url, sent):
            host, port = url.removeprefix("http://").split(":")
            client = stack.enter_context(socket.create_connection((host, int(port)), timeout=60))
            client.sendall(sent)
            return client

        yield opened


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """The address of a service of one process and three slots that waits a minute for headers."""
    with serving(tmp_path_factory.mktemp("patient"), WORKERS=1, THREADS=4, HEADER_SECONDS=60) as (_, url):
        yield url


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """The address of a service that waits a second."""
    with serving(tmp_path_factory.mktemp("hasty"), WORKERS=1, THREADS=4, HEADER_SECONDS=1, BODY_SECONDS=1) as (_, url):
        yield url


@pytest.mark.parametrize("sent", [b"", HEADER, BODY, CHUNK], ids=["nothing", "half a header", "half a body", "half a chunk"])
def test_64_slow_clients_delay_no_others(patient, connect, sent):
    """Whatever they have sent so far, they use neither the threads for health checks nor the slots for articles."""
    slow = [connect(patient, sent) for _ in range(64)]
    for _ in range(8):
        assert status(f"{patient}/health/ready") == 200
        assert status(f"{patient}/v1/quotes", "two words") == 200
    for client in slow:
        client.setblocking(False)
        with pytest.raises(BlockingIOError):
            client.recv(1)


def test_headers_that_take_too_long_close_the_connection(hasty, connect):
    """Even if they keep arriving byte by byte."""
    client = connect(hasty, HEADER)
    wait_until(lambda: ended(client, b"a"), 20)


@pytest.mark.parametrize("sent", [BODY, CHUNK], ids=["whole", "in chunks"])
def test_a_body_that_takes_too_long_is_answered_408(hasty, connect, sent):
    """With a problem that names the remedy."""
    answer = connect(hasty, sent).makefile("rb").read()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert "ATTRIBUTION_BODY_SECONDS" in json.loads(body)["detail"]


@pytest.mark.parametrize("sent", [BODY, CHUNK], ids=["whole", "in chunks"])
@pytest.mark.parametrize("kind", [b"text/plain", b"application/x-ndjson"])
def test_a_body_that_is_cut_off_is_answered_400(patient, connect, sent, kind):
    """There is no answer about half an article."""
    path = b"/v1/quotes/stream" if b"ndjson" in kind else b"/v1/quotes"
    client = connect(patient, sent.replace(b"text/plain", kind).replace(b"/v1/quotes", path))
    client.shutdown(socket.SHUT_WR)
    assert client.recv(12) == b"HTTP/1.1 400"


@pytest.mark.parametrize(
    ("sent", "status_line", "remedy"),
    [
        (b"nonsense\r\n\r\n", b"400 Bad Request", "Use an HTTP library"),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", b"400 Bad Request", "Use an HTTP library"),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", b"414 URI Too Long", "in the body"),
        (b"GET / HTTP/1.1\r\nExpect: a\r\n\r\n", b"417 Expectation Failed", "Omit it"),
        (b"GET / HTTP/1.1\r\na: " + b"a" * 9000 + b"\r\n\r\n", b"431 Request Header Fields Too Large", "in the body"),
        (HEADER + b"Transfer-Encoding: odd\r\n\r\n", b"501 Not Implemented", "Send a Content-Length"),
    ],
    ids=["no request", "no header", "address", "expectation", "header", "coding"],
)
def test_malformed_http_gets_a_problem_too(patient, connect, sent, status_line, remedy):
    """Although it never reaches the app."""
    head, _, body = connect(patient, sent).makefile("rb").read().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status_line + b"\r\nContent-Type: application/problem+json\r\n")
    assert b"\r\nX-Request-ID: " in head
    problem = json.loads(body)
    assert problem["status"] == int(status_line[:3])
    assert problem["type"].endswith(problem["code"])
    assert remedy in problem["detail"]


def test_incomplete_bodies_count_towards_the_byte_budget(tmp_path, connect):
    """Another large body is refused with Retry-After; an ordinary one is read, and so is the first once it is complete."""
    size = 200_000
    with serving(tmp_path, WORKERS=1, BODY_BYTES_IN_FLIGHT=size, HEADER_SECONDS=60) as (_, url):
        first = connect(url, HEADER + b"Content-Length: %d\r\n\r\n" % size + b"a" * (size - 1))
        time.sleep(1)  # this body must be counted before the next one
        wait_until(lambda: status(f"{url}/v1/quotes", "a" * size) == 503)
        with call(f"{url}/v1/quotes", "a" * size) as refusal:
            assert (refusal.headers["Content-Type"], refusal.headers["Retry-After"]) == ("application/problem+json", "1")
        assert status(f"{url}/v1/quotes", "two words") == 200
        first.sendall(b"a")
        assert first.recv(12) == b"HTTP/1.1 200"
        assert status(f"{url}/v1/quotes", "a" * size) == 200


def test_clients_that_do_not_close_delay_no_others(patient, connect):
    """gunicorn itself waits two seconds for each, in the thread that accepts connections."""
    slow = [connect(patient, b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") for _ in range(64)]
    assert all(client.recv(12) == b"HTTP/1.1 200" for client in slow)


def test_a_connection_can_send_several_requests(patient, connect):
    """The time limits apply to each request. Two requests sent at once are both answered."""
    client = connect(patient, BODY + b" " * 98 + b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert client.makefile("rb").read().count(b"HTTP/1.1 200") == 2


def test_a_stopping_service_refuses_new_clients_and_answers_the_others(tmp_path, connect):
    """New connections are refused at once, not reset later. Requests already in progress or just sent are answered."""
    with serving(tmp_path, WORKERS=1) as (process, url):
        client = connect(url, BODY)
        # This answer shows that the headers have been read.
        late = connect(url, HEADER + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert late.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        process.send_signal(signal.SIGTERM)
        wait_until(lambda: refused(url))
        client.sendall(b" " * 98)
        late.sendall(b"It")
        assert [each.recv(12) for each in (client, late)] == [b"HTTP/1.1 200", b"HTTP/1.1 200"]


def test_without_a_master_a_worker_refuses_new_clients_and_answers_the_others(tmp_path, connect):
    """Connections not yet accepted used to be reset."""
    with serving(tmp_path, WORKERS=1) as (process, url):
        client = connect(url, BODY)
        process.kill()
        wait_until(lambda: refused(url))
        client.sendall(b" " * 98)
        assert client.recv(12) == b"HTTP/1.1 200"


def refused(url):
    """Whether connections are refused."""
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as client:
        return client.connect_ex((host, int(port))) == errno.ECONNREFUSED


def ended(client, more):
    """Whether the connection is closed when the client sends more."""
    client.settimeout(0.2)
    try:
        client.sendall(more)
        return not client.recv(1)
    except TimeoutError:
        return False
    except OSError:
        return True
