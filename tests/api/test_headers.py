"""Security headers, CORS and compression."""

import gzip
import json

import pytest

from api import examples, headers
from api.settings import SettingError

DESK = "https://desk.example"


@pytest.mark.parametrize("path", ["/v1/quotes", "/health/live", "/openapi.yaml", "/metrics", "/nowhere"])
def test_every_answer_is_safe_to_open_in_a_browser(client, path):
    """Failures too."""
    response = client.get(path)
    assert {name: response.headers.get(name) for name in headers.SECURITY_HEADERS} == headers.SECURITY_HEADERS


def test_an_answer_about_an_article_is_not_cached(client):
    """It contains the article's words."""
    assert client.post("/v1/quotes", json=examples.REQUEST).headers["Cache-Control"] == "no-store"


def test_a_view_keeps_the_headers_that_it_sets(make_client):
    """A web page needs another policy than data."""
    app = make_client().application
    app.add_url_rule("/page", view_func=lambda: ("", {"Content-Security-Policy": "default-src 'self'"}))
    assert app.test_client().get("/page").headers["Content-Security-Policy"] == "default-src 'self'"


def test_an_answer_is_compressed_on_request(client):
    """`Vary` says so to caches."""
    plain = client.post("/v1/quotes", json=examples.REQUEST)
    packed = client.post("/v1/quotes", json=examples.REQUEST, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert json.loads(gzip.decompress(packed.data)) == plain.json


def test_pages_of_other_origins_are_not_allowed(client):
    """Unless the settings name their origin."""
    response = client.post("/v1/quotes", json=examples.REQUEST, headers={"Origin": DESK})
    assert [name for name, _ in response.headers if name.startswith("Access-Control")] == []


@pytest.mark.parametrize("origins", [DESK, f"https://b.example, {DESK}", "*"])
def test_pages_of_named_origins_are_allowed(make_client, origins):
    """They may read answers, problems included, and the relevant headers."""
    client = make_client(CORS_ORIGINS=origins)
    for body in (examples.REQUEST, {}):
        response = client.post("/v1/quotes", json=body, headers={"Origin": DESK})
        assert response.headers["Access-Control-Allow-Origin"] == DESK
        assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("origin", ["https://desk.example.org", "https://deskXexample", "http://desk.example", "null"])
def test_similar_origins_are_not_allowed(make_client, origin):
    """A dot in a setting matches only a dot."""
    response = make_client(CORS_ORIGINS=DESK).post("/v1/quotes", json=examples.REQUEST, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_browser_may_send_a_preflight_request(make_client):
    """It has no key, and the answer says that one may be sent."""
    client = make_client(CORS_ORIGINS=DESK, API_KEYS=f"desk:{'0' * 64}", RATE_LIMIT="1 per hour")
    preflight = {"Origin": DESK, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for _ in range(2):
        response = client.options("/v1/quotes", headers=preflight)
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Headers"] == "authorization"


@pytest.mark.parametrize("origins", ["desk.example", f"{DESK}/", "https://*.example", ".*"])
def test_an_invalid_origin_is_rejected_at_the_start(make_client, origins):
    """A path or a pattern would silently match nothing or everything."""
    with pytest.raises(SettingError, match=r"such as https://desk\.example"):
        make_client(CORS_ORIGINS=origins)
