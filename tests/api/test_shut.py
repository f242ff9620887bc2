"""The parts of the service that can be shut."""

import pytest
from checks import assert_problem

from api import examples
from api.settings import SettingError
from api.shut import PATHS

OPEN = ("/health/live", "/health/ready", "/v1/model")


def statuses(client, paths):
    return [client.get(path, buffered=True).status_code for path in paths]


@pytest.mark.parametrize("word", PATHS)
def test_a_shut_part_answers_404_and_all_others_work(make_client, word):
    client = make_client(SHUT=word)
    shut = [path for path in PATHS[word] if path != "/page/"] + ["/page/page.js"] * (word == "page")
    others = [path for other in PATHS if other != word for path in PATHS[other] if not path.endswith("/") or path == "/"]
    assert statuses(client, shut) == [404] * len(shut)
    assert statuses(client, [*others, *OPEN]) == [200] * len([*others, *OPEN])
    assert client.post("/v1/quotes", json=examples.REQUEST).status_code == 200


def test_several_parts_can_be_shut(make_client):
    client = make_client(SHUT="docs metrics")
    assert statuses(client, ["/docs", "/docs/docs.js", "/metrics", "/"]) == [404, 404, 404, 200]
    assert_problem(client.get("/metrics"), 404, "")


def test_an_unknown_part_is_rejected_with_the_valid_ones(make_client):
    with pytest.raises(SettingError, match=r"'health'.* page, docs, contract, metrics"):
        make_client(SHUT="health")


class Connection:
    """A connection to an address: a host and a port, or a Unix socket."""

    def __init__(self, name):
        self.getsockname = lambda: name


@pytest.mark.parametrize(
    ("name", "metrics", "others"),
    [
        (("127.0.0.1", 9100), 200, 404),
        (("::1", 9100, 0, 0), 200, 404),
        (("127.0.0.1", 8000), 404, 200),
        ("/run/socket", 404, 200),
    ],
)
def test_the_metrics_port_serves_the_metrics_and_nothing_else_does(make_client, name, metrics, others):
    """Whatever port the client claims."""
    client = make_client(METRICS_PORT=9100)
    client.environ_base.update({"gunicorn.socket": Connection(name), "SERVER_PORT": "9100", "HTTP_HOST": "a:9100"})
    assert statuses(client, ["/metrics", "/", "/health/live", "/v1/model"]) == [metrics, others, others, others]
