"""The answer of GET /v1/model."""

from checks import assert_problem

from api.requests import QuoteRequestSchema
from api.schemas.service import ModelInfoSchema
from attribution.errors import ModelError


def test_the_model_is_the_one_that_answers(service):
    """Its name and version are those in every answer, and the whole matches the contract."""
    info = service.get("/v1/model").json
    assert ModelInfoSchema().validate(info) == {}
    assert service.post("/v1/quotes", json={"text": "Hi"}).json["model"] == {name: info[name] for name in ("name", "version")}


def test_the_listed_values_of_an_option_are_those_that_a_request_may_use(client):
    """All of them, and no others."""
    for option, words in client.get("/v1/model").json["options"].items():
        field = QuoteRequestSchema().fields[option]
        assert list(getattr(field, "inner", field).validators[0].choices) == words


def test_a_service_without_a_pipeline_says_so(make_client):
    """It has no name to return."""

    def missing():
        raise ModelError("no trained pipeline")

    assert_problem(make_client(trained=missing).get("/v1/model"), 503, "no trained pipeline")
