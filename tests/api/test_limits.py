"""Rate limits."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from checks import assert_problem

from api import examples, keys
from api.settings import SettingError
from api.tally import Tally


def test_a_client_over_the_limit_is_told_when_to_retry(make_client):
    """The limit applies to articles only: health checks always work."""
    client = make_client(RATE_LIMIT="2 per hour")
    assert [client.post("/v1/quotes", json=examples.REQUEST).status_code for _ in range(2)] == [200, 200]
    response = client.post("/v1/quotes", json=examples.REQUEST)
    assert_problem(response, 429, "The rate limit is 2 per 1 hour. Send the same request again in")
    assert 3000 < int(response.headers["Retry-After"]) < 4000
    assert [client.get("/health/live").status_code for _ in range(3)] == [200, 200, 200]


def test_an_answer_within_the_limit_has_no_retry_after(make_client):
    """A client that sees it would wait."""
    assert "Retry-After" not in make_client(RATE_LIMIT="2 per hour").post("/v1/quotes", json=examples.REQUEST).headers


def test_each_address_has_a_limit_of_its_own(make_client):
    """A client over its limit takes nothing from the others."""
    client = make_client(RATE_LIMIT="1 per hour")
    assert [post(client, f"192.0.2.{number}") for number in (1, 2, 1)] == [200, 200, 429]


def test_each_key_has_a_limit_of_its_own(make_client):
    """From any address. Clients without a key take nothing from those with one."""
    lines = f"desk:{keys.digest_of('a')} archive:{keys.digest_of('b')}"
    client = make_client(RATE_LIMIT="1 per hour", API_KEYS=lines)
    tries = [("192.0.2.1", "none"), ("192.0.2.1", "a"), ("192.0.2.1", "b"), ("192.0.2.2", "a")]
    assert [post(client, address, headers={"X-API-Key": key}) for address, key in tries] == [401, 200, 200, 429]


@pytest.mark.parametrize("path", ["/v1/quotes", "/metrics"])
def test_guessing_keys_is_limited(make_client, path):
    """A client with a key at the same address is not affected."""
    client = make_client(RATE_LIMIT="2 per hour", API_KEYS=f"desk:{keys.digest_of('a')}")
    method = "GET" if path == "/metrics" else "POST"
    statuses = [client.open(path, method=method, headers={"X-API-Key": f"guess {number}"}).status_code for number in range(4)]
    assert statuses == [401, 401, 429, 429]
    assert post(client, "127.0.0.1", headers={"X-API-Key": "a"}) == 200


@pytest.mark.parametrize(("proxies", "statuses"), [(0, [200, 429, 429]), (1, [200, 200, 429])])
def test_a_proxy_is_trusted_only_if_the_settings_have_one(make_client, proxies, statuses):
    """Otherwise a client could claim a new address with each request. Claims that it sends through the proxy do not count."""
    client = make_client(RATE_LIMIT="1 per hour", PROXIES=proxies)
    claims = ["192.0.2.7", "192.0.2.8", "192.0.2.9, 192.0.2.8"]
    assert [post(client, "127.0.0.1", headers={"X-Forwarded-For": claim}) for claim in claims] == statuses


def test_limits_work_without_the_storage(make_client):
    """Each process then counts by itself."""
    client = make_client(RATE_LIMIT="1 per hour", RATE_LIMIT_STORAGE="redis://127.0.0.1:1")
    assert [client.post("/v1/quotes", json=examples.REQUEST).status_code for _ in range(2)] == [200, 429]


def test_no_request_fails_when_the_storage_does(make_client, monkeypatch):
    """Of several at once, all but the first used to be answered 500."""
    together = Barrier(4)

    def fail(*args, **options):
        together.wait(20)
        raise ConnectionError

    monkeypatch.setattr("limits.storage.RedisStorage.incr", fail)
    app = make_client(RATE_LIMIT="9 per hour", RATE_LIMIT_STORAGE="redis://127.0.0.1:1").application
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: post(app.test_client(), "192.0.2.1"), range(4))) == [200] * 4


@pytest.mark.parametrize("storage", ["memory://", "redis://127.0.0.1:1"])
def test_a_clock_that_is_set_back_locks_no_client_out(make_client, monkeypatch, storage):
    """Nor is `Retry-After` longer than the limit lasts."""
    wall, steady, passed = time.time, time.monotonic, [0]
    client = make_client(RATE_LIMIT="1 per hour", RATE_LIMIT_STORAGE=storage)
    assert post(client, "192.0.2.1") == 200
    monkeypatch.setattr(time, "time", lambda: wall() - 86_400 + passed[0])
    monkeypatch.setattr(time, "monotonic", lambda: steady() + passed[0])
    response = client.post("/v1/quotes", json=examples.REQUEST, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert response.status_code == 429
    assert 3000 < int(response.headers["Retry-After"]) < 4000
    passed[0] = 3601
    assert post(client, "192.0.2.1") == 200


def test_counts_are_deleted_when_they_expire(monkeypatch):
    """In the order of their expiry, not of their creation."""
    now, tally = [0.0], Tally()
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    counts = [tally.incr("a", 60), tally.incr("b", 10), tally.incr("a", 60)]
    now[0] = 10
    assert (counts, tally.get("a"), tally.get("b"), list(tally._ends)) == ([1, 1, 2], 2, 0, ["a"])
    tally.clear("a")
    assert (tally.get("a"), tally.incr("a", 60), tally.reset(), tally.get("a")) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("setting", "value", "remedy"),
    [
        ("RATE_LIMIT", "often", "A valid example: 60 per minute"),
        ("RATE_LIMIT_STORAGE", "nowhere://", "ATTRIBUTION_RATE_LIMIT_STORAGE"),
    ],
)
def test_an_invalid_limit_is_rejected_at_the_start(make_client, setting, value, remedy):
    """Not at the first request."""
    with pytest.raises(SettingError, match=remedy):
        make_client(**{"RATE_LIMIT": "1 per hour", setting: value})


def post(client, address, **more):
    """The status of an article sent from `address`."""
    return client.post("/v1/quotes", json=examples.REQUEST, environ_base={"REMOTE_ADDR": address}, **more).status_code
