"""Who may send articles, where keys are asked for."""

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
    """A client of a service that knows two keys."""
    return make_client(API_KEYS=f"{LINE} archive:{keys.digest_of('another')}")


@pytest.mark.parametrize("header", [{"Authorization": f"Bearer {KEY}"}, {"Authorization": f"bearer {KEY}"}, {"X-API-Key": KEY}])
def test_whoever_has_a_key_is_let_in(client, log, header):
    """Under the name that the key bears in the log; the key itself is not there."""
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
def test_whoever_has_none_is_told_how_to_send_one(client, header, reason):
    """The digest is no key."""
    response = client.post("/v1/quotes", json=examples.REQUEST, headers=header)
    detail = assert_problem(response, 401, "`Authorization: Bearer KEY` or as `X-API-Key: KEY`")["detail"]
    assert reason in detail
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_what_tells_nothing_about_articles_stays_open(client):
    """A probe and a generator of clients have no key; what is counted is the operator's."""
    paths = {rule.rule for rule in client.application.url_map.iter_rules() if "GET" in rule.methods}
    closed = {path for path in paths if client.get(path, buffered=True).status_code == 401}
    assert closed == {path for path in paths if path.startswith("/v1/")} | {"/metrics"}


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v1/nothing", 404), ("GET", "/v1/quotes", 405)])
def test_where_there_is_nothing_no_key_can_be_tried(client, method, path, status):
    """A right one and a wrong one are answered the same: no limit counts there."""
    tries = [client.open(path, method=method, headers={"X-API-Key": key}).status_code for key in (KEY, "wrong")]
    assert tries == [status, status]


def test_a_key_is_made_with_the_line_that_lets_it_in(make_client):
    """What is printed can be set as it is."""
    shown = CliRunner().invoke(newkey.main, ["desk"]).stdout
    key, line = re.fullmatch(r"key   (\S{43})\nline  (desk:[0-9a-f]{64})\n", shown).groups()
    assert make_client(API_KEYS=line).get("/metrics", headers={"X-API-Key": key}).status_code == 200


def test_a_name_that_no_line_can_hold_makes_no_key():
    """Exit code 2, as for any wrong call."""
    assert CliRunner().invoke(newkey.main, ["the desk"]).exit_code == 2


def test_keys_are_read_from_a_file_too(make_client, tmp_path):
    """A secret of a container is a file."""
    file = tmp_path / "keys"
    file.write_text(f"{LINE}\narchive:{keys.digest_of('another')}\n", encoding="utf-8")
    client = make_client(API_KEYS_FILE=str(file))
    assert client.get("/metrics", headers={"X-API-Key": "another"}).status_code == 200
    assert client.get("/metrics").status_code == 401


@pytest.mark.parametrize("content", [None, "", "desk:abc", KEY])
def test_a_file_without_keys_lets_nobody_in(make_client, tmp_path, content):
    """A service that was to ask for keys does not start without; what should be a digest is not shown, it may be a key."""
    file = tmp_path / "keys"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingError) as refusal:
        make_client(API_KEYS_FILE=str(file))
    assert KEY not in str(refusal.value).replace(str(file), "")


def test_keys_are_read_anew_and_stay_if_they_cannot_be(make_client, tmp_path):
    """Somebody who edits the file makes a mistake: nobody is shut out by it, and nobody let in."""
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
