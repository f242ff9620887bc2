"""Which clients may send articles if the service has API keys."""

import json
import re

import pytest
from checks import assert_problem
from click.testing import CliRunner

from api import examples, keys, newkey
from api.settings import SettingError

KEY = "a-key"
LINE = f"desk:{keys.digest_of(KEY)}"


@pytest.fixture
def client(make_client):
    """A client of a service with two keys."""
    return make_client(API_KEYS=f"{LINE} archive:{keys.digest_of('another')}")


@pytest.mark.parametrize("header", [{"Authorization": f"Bearer {KEY}"}, {"Authorization": f"bearer {KEY}"}, {"X-API-Key": KEY}])
def test_a_valid_key_is_accepted(client, log, header):
    """The log has the key's name, but not the key."""
    assert client.post("/v1/quotes", json=examples.REQUEST, headers=header).status_code == 200
    assert json.loads(log.getvalue())["client"] == "desk"
    assert KEY not in log.getvalue()


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({}, "needs an API key"),
        ({"X-API-Key": "wrong"}, "is unknown"),
        ({"X-API-Key": "\xe9\xff"}, "is unknown"),
        ({"X-API-Key": LINE}, "is unknown"),
        ({"Authorization": "Basic YTpi"}, "needs an API key"),
        ({"Authorization": "Bearer"}, "needs an API key"),
    ],
)
def test_without_a_valid_key_the_answer_says_how_to_send_one(client, header, reason):
    """A digest is not a key."""
    response = client.post("/v1/quotes", json=examples.REQUEST, headers=header)
    detail = assert_problem(response, 401, "`Authorization: Bearer KEY` or as `X-API-Key: KEY`")["detail"]
    assert reason in detail
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_only_articles_and_metrics_need_a_key(client):
    """Health checks and client generators have no key; the metrics belong to the operator."""
    paths = {rule.rule for rule in client.application.url_map.iter_rules() if "GET" in rule.methods}
    closed = {path for path in paths if client.get(path, buffered=True).status_code == 401}
    assert closed == {path for path in paths if path.startswith("/v1/")} | {"/metrics"}


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v1/nothing", 404), ("GET", "/v1/quotes", 405)])
def test_keys_cannot_be_guessed_at_paths_that_do_not_exist(client, method, path, status):
    """No rate limit applies there, so a valid and an invalid key get the same answer."""
    tries = [client.open(path, method=method, headers={"X-API-Key": key}).status_code for key in (KEY, "wrong")]
    assert tries == [status, status]


def test_a_new_key_comes_with_the_line_for_the_settings(make_client):
    """The printed line works unchanged."""
    printed = CliRunner().invoke(newkey.main, ["desk"]).stdout
    key, line = re.fullmatch(r"key   (\S{43})\nline  (desk:[0-9a-f]{64})\n", printed).groups()
    assert make_client(API_KEYS=line).get("/metrics", headers={"X-API-Key": key}).status_code == 200


def test_an_invalid_name_makes_no_key():
    """Exit code 2, as for any usage error."""
    assert CliRunner().invoke(newkey.main, ["the desk"]).exit_code == 2


def test_keys_can_come_from_a_file(make_client, tmp_path):
    """Container secrets are files."""
    file = tmp_path / "keys"
    file.write_text(f"{LINE}\narchive:{keys.digest_of('another')}\n", encoding="utf-8")
    client = make_client(API_KEYS_FILE=str(file))
    assert client.get("/metrics", headers={"X-API-Key": "another"}).status_code == 200
    assert client.get("/metrics").status_code == 401


@pytest.mark.parametrize("content", [None, "", "desk:abc", KEY])
def test_a_key_file_without_keys_is_rejected_at_the_start(make_client, tmp_path, content):
    """Otherwise the service would run without keys. The error does not show the content, which may be a key."""
    file = tmp_path / "keys"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingError) as refusal:
        make_client(API_KEYS_FILE=str(file))
    assert KEY not in str(refusal.value).replace(str(file), "")


def test_keys_can_be_reloaded_and_an_invalid_file_changes_nothing(make_client, tmp_path):
    """A mistake in the file neither locks clients out nor lets others in."""
    file = tmp_path / "keys"
    file.write_text(LINE, encoding="utf-8")
    client = make_client(API_KEYS_FILE=str(file))
    file.write_text(f"archive:{keys.digest_of('another')}", encoding="utf-8")
    client.application.extensions["keys"].reload()
    assert [client.get("/metrics", headers={"X-API-Key": key}).status_code for key in (KEY, "another")] == [401, 200]
    for wrong in ("", "desk:abc"):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(SettingError):
            client.application.extensions["keys"].reload()
        assert client.get("/metrics", headers={"X-API-Key": "another"}).status_code == 200
        assert client.get("/metrics").status_code == 401
