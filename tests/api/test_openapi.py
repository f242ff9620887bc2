"""The contract is up to date, valid, and true of the answers."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml
from checks import spans
from click.testing import CliRunner
from openapi_spec_validator import validate

from api import contract, create_app, examples, openapi, seeds
from api.schemas import shape, verdict
from attribution import data

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    data.Article: shape.ArticleSchema,
    data.ArticleWarning: shape.ArticleWarningSchema,
    data.Candidate: shape.CandidateSchema,
    data.Context: shape.ContextSchema,
    data.Difference: verdict.DifferenceSchema,
    data.Model: shape.ModelSchema,
    data.Quote: shape.QuoteSchema,
    data.Span: shape.SpanSchema,
    data.Speaker: shape.SpeakerSchema,
    data.SpeakerRef: shape.SpeakerRefSchema,
    data.Verb: shape.VerbSchema,
    data.Verification: verdict.VerificationSchema,
    data.Via: shape.ViaSchema,
}


@pytest.fixture(scope="module")
def spec():
    """The contract as the code has it."""
    return yaml.safe_load(openapi.as_yaml(create_app()))


def test_openapi_yaml_and_the_table_of_options_are_up_to_date(monkeypatch):
    """After a change of the service, run: make openapi."""
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(contract.main, ["--check"])
    assert result.exit_code == 0, result.output


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """A folder to write into, with a page that lacks the options."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(seeds, "PATH", tmp_path / "seeds.json")
    contract.PAGE.parent.mkdir()
    contract.PAGE.write_text("Before.\n\n| option | what it does |\n|---|---|\n| `old` | Old. |\n\nAfter.\n", encoding="utf-8")
    return tmp_path


def test_the_check_fails_until_the_contract_is_written(elsewhere):
    """And the table of options, between what else the page says."""
    seeds.write()
    assert CliRunner().invoke(contract.main, ["--check"]).exit_code == 1
    assert CliRunner().invoke(contract.main).exit_code == 0
    assert CliRunner().invoke(contract.main, ["--check"]).exit_code == 0
    page = contract.PAGE.read_text(encoding="utf-8")
    assert page.startswith("Before.\n\n| option | what it does |\n|---|---|\n| `id` | ")
    assert page.endswith(" |\n\nAfter.\n")
    contract.PAGE.write_text(page.replace("| `id`", "| `old`"), encoding="utf-8")
    assert CliRunner().invoke(contract.main, ["--check"]).exit_code == 1


def test_the_contract_is_valid_openapi(spec):
    """Client generators can read it."""
    validate(spec)


def test_the_contract_is_served(client, spec):
    """As YAML and as JSON."""
    response = client.get("/openapi.yaml")
    assert response.content_type == "application/yaml; charset=utf-8"
    assert yaml.safe_load(response.text) == client.get("/openapi.json").json == spec


def test_every_route_is_in_the_contract(client, spec):
    """Except the web pages."""
    for_people = {"docs", "page"}
    rules = client.application.url_map.iter_rules()
    assert {rule.rule for rule in rules if rule.endpoint.partition(".")[0] not in for_people} == set(spec["paths"])


def test_every_field_is_described(spec):
    """And every schema."""
    for name, schema in spec["components"]["schemas"].items():
        assert schema["description"], name
        for field, described in schema["properties"].items():
            assert described.get("description"), f"{name}.{field}"


def test_only_request_schemas_forbid_additional_fields(spec):
    """Answers may gain fields at any time; an unknown field in a request is a typo."""
    closed = {name for name, schema in spec["components"]["schemas"].items() if "additionalProperties" in schema}
    assert closed == {"KnownSpeaker", "QuoteRequest", "VerifyRequest"}


def test_response_names_are_our_own(spec):
    """The standard library's names depend on the Python version."""
    assert set(spec["components"]["responses"]) == {
        *("BadRequest", "ContentTooLarge", "GatewayTimeout", "Problem", "RequestTimeout", "ServiceUnavailable"),
        *("TooManyRequests", "Unauthorized", "UnprocessableContent", "UnsupportedMediaType"),
    }
    assert all(list(response["content"]) == ["application/problem+json"] for response in spec["components"]["responses"].values())


def test_every_refusal_is_in_the_contract(spec):
    """Paths under /v1/ may need a key and limit clients; those that read articles may be busy or run out of time."""
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            expected = {"401", "429"} if path.startswith("/v1/") else {"401"} if path == "/metrics" else set()
            expected |= {"503", "504"} if path.startswith("/v1/") and method == "post" else set()
            assert expected <= set(operation["responses"]), path
            assert operation.get("security", spec["security"]) == (spec["security"] if "401" in expected else []), path
    assert {} in spec["security"], "a key must be optional, because it depends on the settings"
    for name in ("TooManyRequests", "ServiceUnavailable"):
        assert "Retry-After" in spec["components"]["responses"][name]["headers"]


@pytest.mark.parametrize("record", SCHEMAS)
def test_schemas_describe_the_records_of_the_library(record):
    """They have the same fields, all required, and nullable if the field may be None."""
    schema = SCHEMAS[record]()
    hints = get_type_hints(record)
    assert set(schema.fields) == {field.name for field in fields(record)}
    for name, field in schema.fields.items():
        assert field.required, name
        assert field.allow_none == (type(None) in get_args(hints[name])), name


def test_every_record_of_the_answer_has_a_schema():
    """Except internal records."""
    records = {record for record in vars(data).values() if isinstance(record, type) and is_dataclass(record)}
    assert records - {data.Attribution} == set(SCHEMAS)


def test_the_contract_names_every_act():
    """An act added to the inventory must be added to the contract too."""
    lines = (ROOT / "attribution" / "quoting" / "acts.txt").read_text(encoding="utf-8").splitlines()
    named = {line.partition(":")[0] for line in lines if line and not line.startswith("#")}
    assert named - {"passing"} == set(data.ACTS)


def test_the_example_is_a_valid_answer():
    """Its offsets are right, and it matches its schema."""
    answers = examples.ARTICLE.to_dict(), examples.VERIFICATION.to_dict()
    assert shape.ArticleSchema().validate(answers[0]) == verdict.VerificationSchema().validate(answers[1]) == {}
    for span in spans([*answers]):
        assert examples.TEXT[span["start"] : span["end"]] == span["text"]


def pop_probabilities(value):
    """Remove every confidence and probability from a value, and yield them."""
    for name in ("confidence", "probability"):
        if isinstance(value, dict) and name in value:
            yield value.pop(name)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from pop_probabilities(item)


def test_one_command_writes_the_seeds_and_the_contract_that_shows_them(monkeypatch, elsewhere):
    """The contract shows the new answers, not the old ones."""
    monkeypatch.setattr(seeds, "FOLDER", elsewhere)
    monkeypatch.setattr(seeds, "EXCERPTS", {"kremlin": (0, 1, {})})
    (elsewhere / "kremlin.txt").write_text("“It is new,” said Ann Lee.", encoding="utf-8")
    assert CliRunner().invoke(contract.main).exit_code == 0
    written = yaml.safe_load((elsewhere / "openapi.yaml").read_text(encoding="utf-8"))["paths"]["/v1/quotes"]["post"]
    for part, keys in ((written["requestBody"], ["text"]), (written["responses"]["200"], ["quotes", 0, "context", "text"])):
        value = part["content"]["application/json"]["examples"]["kremlin"]["value"]
        for key in keys:
            value = value[key]
        assert value == "“It is new,” said Ann Lee."


@pytest.mark.parametrize("name", seeds.EXCERPTS)
def test_the_contract_shows_the_current_answers_to_the_seeds(service, name):
    """After a change of a seed or the pipeline, run: make openapi. Confidences may differ slightly between processors."""
    now, shown = seeds.example(name), seeds.load()[name]
    assert now["request"] == shown["request"]
    assert service.post("/v1/quotes", json=shown["request"]).json == json.loads(json.dumps(now["answer"]))
    sure = [list(pop_probabilities(answer["quotes"])) for answer in (now["answer"], shown["answer"])]
    assert sure[0] == pytest.approx(sure[1], abs=0.02)
    assert now["answer"] == shown["answer"]
