"""When the service reports that it is alive, and that it is ready."""

from api import examples
from attribution.errors import ModelError


def test_alive_without_a_pipeline(make_client, log):
    """A service that is still loading must not be restarted."""

    def fail(text, **options):
        raise ModelError("No pipeline. Train one.")

    client = make_client(extract=fail)
    assert client.get("/health/live").json == {"status": "live"}
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "log" in response.json["detail"]
    assert "No pipeline. Train one." in log.getvalue()


def test_ready_once_an_article_has_been_read(make_client):
    """The first probe warms up the pipeline; later probes cost nothing."""
    read = []

    def extract(text, **options):
        read.append(text)
        return examples.ARTICLE

    client = make_client(extract=extract)
    assert client.get("/health/ready").json == {"status": "ready"}
    assert client.get("/health/ready").status_code == 200
    assert len(read) == 1
