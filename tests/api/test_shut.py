"""What whoever runs the service can shut."""

import pytest
from checks import assert_problem

from api import examples
from api.settings import SettingError
from api.shut import PATHS

OPEN = ("/health/live", "/health/ready", "/v1/model")


def statuses(client, paths):
    return [client.get(path, buffered=True).status_code for path in paths]


@pytest.mark.parametrize("word", PATHS)
def test_what_is_shut_is_not_there_and_all_else_is(make_client, word):
    client = make_client(SHUT=word)
    shut = [path for path in PATHS[word] if path != "/page/"] + ["/page/page.js"] * (word == "page")
    others = [path for other in PATHS if other != word for path in PATHS[other] if not path.endswith("/") or path == "/"]
    assert statuses(client, shut) == [404] * len(shut)
    assert statuses(client, [*others, *OPEN]) == [200] * len([*others, *OPEN])
    assert client.post("/v1/quotes", json=examples.REQUEST).status_code == 200


def test_several_can_be_shut_and_answer_as_if_there_were_nothing(make_client):
    client = make_client(SHUT="docs metrics")
    assert statuses(client, ["/docs", "/docs/docs.js", "/metrics", "/"]) == [404, 404, 404, 200]
    assert_problem(client.get("/metrics"), 404, "")


def test_what_cannot_be_shut_is_named_with_what_can(make_client):
    with pytest.raises(SettingError, match=r"'health'.* page, docs, contract, metrics"):
        make_client(SHUT="health")


class Connection:
    """A connection that came to a name: a host and a port, or a file."""

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
def test_metrics_are_at_their_own_port_alone_and_alone_there(make_client, name, metrics, others):
    """Whatever port the client claims to have come to."""
    client = make_client(METRICS_PORT=9100)
    client.environ_base.update({"gunicorn.socket": Connection(name), "SERVER_PORT": "9100", "HTTP_HOST": "a:9100"})
    assert statuses(client, ["/metrics", "/", "/health/live", "/v1/model"]) == [metrics, others, others, others]
