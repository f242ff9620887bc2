"""Tests that need a live gunicorn: several processes share metrics, and threads stay free under load."""

import json
import os
import re
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from live import call, free_port, serving, status, wait_until


@pytest.fixture
def sent():
    """Sends texts in the background; returns the futures of their statuses."""
    with ThreadPoolExecutor(16) as threads:
        yield lambda url, text, times: [threads.submit(status, url, text) for _ in range(times)]


def count(url, name):
    """The sum of a metric over its labels."""
    with call(f"{url}/metrics") as response:
        return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", response.read().decode(), re.MULTILINE))


def children(process):
    """The worker processes."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()]


def counts_of(process):
    """The folder with the processes' metrics."""
    maps = Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")
    return Path(re.search(r"(/\S*attribution-\w+)/\S+\.db", maps)[1])


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A service of one process with three slots and a budget of a thousand characters; its folder and its address."""
    folder = tmp_path_factory.mktemp("small")
    with serving(folder, WORKERS=1, THREADS=4, CHARACTERS_IN_FLIGHT=1000) as (_, url):
        yield folder, url


def test_a_full_service_refuses_at_once_and_stays_healthy(small, sent):
    """The texts being read are answered, and then new ones are accepted."""
    folder, url = small
    reading = sent(f"{url}/v1/quotes", "wait-1", 3)
    wait_until(lambda: count(url, "attribution_articles_in_flight") == 3)
    for _ in range(8):
        with call(f"{url}/v1/quotes", "one more") as refused:
            assert (refused.status, refused.headers["Retry-After"]) == (503, "1")
            assert "cannot read more articles at once" in json.load(refused)["detail"]
        assert status(f"{url}/health/ready") == 200
    assert count(url, "attribution_refusals_total") == 8
    (folder / "wait-1").touch()
    assert [answer.result() for answer in reading] == [200, 200, 200]
    assert status(f"{url}/v1/quotes", "one more") == 200


def test_a_long_article_does_not_hold_up_short_ones(small, sent):
    """A second long article is refused meanwhile."""
    folder, url = small
    (long,) = sent(f"{url}/v1/quotes", "wait-2 " + "a" * 800, 1)
    wait_until(lambda: count(url, "attribution_articles_in_flight") == 1)
    assert [status(f"{url}/v1/quotes", "a" * size) for size in (100, 800, 100)] == [200, 503, 200]
    (folder / "wait-2").touch()
    assert long.result() == 200


def test_metrics_are_summed_over_all_processes(tmp_path, sent):
    """Whichever process answers. Of a dead process, the counters stay and the gauges go."""
    with serving(tmp_path, WORKERS=2) as (process, url):
        assert {answer.result() for answer in sent(f"{url}/v1/quotes", "two words", 20)} == {200}
        assert {count(url, "attribution_words_total") for _ in range(6)} == {40}
        (lost,) = sent(f"{url}/v1/quotes", "wait", 1)
        wait_until(lambda: count(url, "attribution_articles_in_flight") == 1)
        for worker in children(process):
            os.kill(worker, signal.SIGKILL)
        assert lost.result() == 0
        wait_until(lambda: status(f"{url}/health/live") == 200)
        wait_until(lambda: count(url, "attribution_articles_in_flight") == 0)
        assert count(url, "attribution_words_total") == 40
        folder = counts_of(process)
        assert folder.is_dir()
    assert not folder.exists()


def test_an_invalid_setting_ends_the_start_with_one_line(tmp_path):
    """There is no traceback, and no service with another setting."""
    with serving(tmp_path, RATE_LIMIT="often") as (process, _):
        assert process.wait(60) != 0
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Error: ATTRIBUTION_RATE_LIMIT is 'often'" in log
    assert "Traceback" not in log


def test_sighup_replaces_the_keys(tmp_path):
    """Articles being read are finished."""
    from api.keys import digest_of

    file = tmp_path / "keys"
    file.write_text(f"desk:{digest_of('old')}", encoding="utf-8")
    with serving(tmp_path, WORKERS=1, API_KEYS_FILE=file) as (process, url), ThreadPoolExecutor(1) as thread:
        reading = thread.submit(status, f"{url}/v1/quotes", "wait-1", **{"X-API-Key": "old"})
        wait_until(lambda: (status(f"{url}/metrics", **{"X-API-Key": "old"}) == 200) and not reading.done())
        file.write_text(f"desk:{digest_of('new')}", encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: status(f"{url}/metrics", **{"X-API-Key": "new"}) == 200)
        (tmp_path / "wait-1").touch()
        assert reading.result() == 200
        wait_until(lambda: status(f"{url}/metrics", **{"X-API-Key": "old"}) == 401)


def test_metrics_can_have_their_own_port(tmp_path):
    """It serves nothing else, the service's port no longer serves them, and SIGHUP does not change that."""
    port = free_port()
    with serving(tmp_path, WORKERS=1, METRICS_PORT=port) as (process, url):
        own, (before,) = f"http://127.0.0.1:{port}", children(process)
        assert status(f"{url}/v1/quotes", "two words") == 200
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: before not in children(process) and status(f"{url}/health/live") == 200)
        assert status(f"{url}/v1/quotes", "two words") == 200
        assert count(own, "attribution_words_total") == 4
        assert [status(f"{own}{path}") for path in ("/", "/health/live", "/v1/model", "/openapi.yaml")] == [404] * 4
        assert (status(f"{own}/v1/quotes", "two words"), status(f"{url}/metrics")) == (404, 404)
        assert status(f"{url}/metrics", Host=f"127.0.0.1:{port}") == 404


def test_a_metrics_port_in_use_ends_the_start_with_one_line(tmp_path):
    """The line names the setting."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        with serving(tmp_path, METRICS_PORT=other.getsockname()[1]) as (process, _):
            assert process.wait(60) != 0
        log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Address already in use. Choose another with ATTRIBUTION_METRICS_PORT" in log
    assert "Traceback" not in log
