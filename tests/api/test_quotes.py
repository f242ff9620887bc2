"""The answer of POST /v1/quotes to a valid article."""

import dataclasses
import inspect
import json

import pytest
from samples import KNOWN, SAMPLES, query

import attribution
from api import examples
from api.requests import QuoteRequestSchema
from api.schemas.shape import ArticleSchema
from attribution import Article, KnownSpeaker
from attribution.data import ArticleWarning
from attribution.options import Options


def test_the_answer_is_the_article_of_the_library(client):
    """It is `Article.to_dict()`, field for field and in the same order."""
    response = client.post("/v1/quotes", json=examples.REQUEST)
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert json.dumps(response.json) == json.dumps(examples.ARTICLE.to_dict())


def test_plain_text_gets_the_same_answer_as_json(client):
    """So curl needs no JSON."""
    response = client.post("/v1/quotes?id=bridge", data=examples.TEXT.encode(), content_type="text/plain; charset=UTF-8")
    assert response.json == examples.ARTICLE.to_dict()


def test_the_answer_does_not_escape_quotation_marks(client):
    """So that it is readable in a terminal."""
    assert "“The bridge" in client.post("/v1/quotes", json=examples.REQUEST).text


SET = {"min_speaker_probability": 0.4}
"""The option that the service's settings add if a request does not set it."""


@pytest.fixture
def calls(make_client):
    """The calls that reach the pipeline, and a client."""
    seen = []

    def remember(text: str, *, article_id: str | None = None, **options: object) -> Article:
        seen.append((text, article_id, options))
        return examples.ARTICLE

    return seen, make_client(extract=remember)


OPTIONS = {name: value for name, value in SAMPLES.items() if name != "known_speakers"}


@pytest.mark.parametrize(
    ("parameters", "fields", "call"),
    [
        ("", {"text": "Hi"}, ("Hi", None, {})),
        ("", {"text": "Hi", "id": None, **OPTIONS}, ("Hi", None, OPTIONS)),
        (f"?id=a&{query(OPTIONS)}", {"text": "Hi"}, ("Hi", "a", OPTIONS)),
        ("?acts=say&acts=warn", {"text": "Hi"}, ("Hi", None, {"acts": ["say", "warn"]})),
        ("?id=a&attitudes=true", {"text": "Hi", "id": "b", "attitudes": False}, ("Hi", "b", {"attitudes": False})),
        ("?include=", {"text": "Hi"}, ("Hi", None, {"include": []})),
    ],
)
def test_options_come_from_body_and_query_and_the_body_takes_precedence(calls, parameters, fields, call):
    """No option is lost, and none is added."""
    seen, client = calls
    text, id_, options = call
    assert client.post(f"/v1/quotes{parameters}", json=fields).status_code == 200
    assert seen == [(text, id_, {**SET, **options})]


def test_known_speakers_come_from_the_body_or_as_json_from_the_query(calls):
    """They reach the library as its own records."""
    seen, client = calls
    client.post("/v1/quotes", json={"text": "Hi", "known_speakers": KNOWN})
    client.post("/v1/quotes", data=b"Hi", content_type="text/plain", query_string={"known_speakers": json.dumps(KNOWN)})
    known = [KnownSpeaker("Q42", "Ann Lee", ("Mayor Lee",)), KnownSpeaker("Q43", "Bob")]
    assert [call[2] for call in seen] == [{"known_speakers": known, **SET}] * 2


def test_a_request_has_every_option_of_the_library():
    """Under the same names, and `extract` with the same defaults."""
    library = {field.name: field.default for field in dataclasses.fields(Options)}
    assert {*library, "text", "html", "id"} == set(QuoteRequestSchema().fields)
    keywords = {name: keyword.default for name, keyword in inspect.signature(attribution.extract).parameters.items()}
    assert keywords == {**library, "text": None, "html": None, "article_id": None}


@pytest.mark.parametrize("include", [None, [], ["mentions"]])
def test_the_answer_to_html_includes_the_text_that_was_read(calls, include):
    """Without it, the client could not use the offsets."""
    seen, client = calls
    options = {} if include is None else {"include": include}
    assert client.post("/v1/quotes", json={"html": examples.HTML, **options}).status_code == 200
    ((text, _, given),) = seen
    assert text == examples.TEXT
    assert given == {"include": ["text", *(["mentions"] if include is None else include)], **SET}


def test_html_can_be_the_body(calls):
    """So curl needs no JSON."""
    seen, client = calls
    page = f"<!doctype html><html><body>{examples.HTML}</body></html>"
    assert client.post("/v1/quotes?id=a", data=page.encode(), content_type="text/html; charset=utf-8").status_code == 200
    assert seen[0][:2] == (examples.TEXT, "a")


WARNED = (ArticleWarning("other-language", "It is in German."),)


@pytest.mark.parametrize(
    ("path", "kind", "more"),
    [
        ("/v1/quotes", "application/json", {}),
        ("/v1/quotes/stream", "application/x-ndjson", {}),
        ("/v1/verify", "application/json", {"quote": "Hi"}),
    ],
)
def test_the_answer_has_the_warnings_about_the_page_and_about_its_text(make_client, path, kind, more):
    """The page is read outside of the library, so the service must not lose what was odd about it."""
    client = make_client(
        extract=lambda **job: dataclasses.replace(examples.ARTICLE, warnings=WARNED),
        verify=lambda **job: dataclasses.replace(examples.VERIFICATION, warnings=WARNED),
    )
    fields = {"html": "<html><body><footer>“Hi,” said Ann.</footer></body></html>", **more}
    answer = json.loads(client.post(path, data=json.dumps(fields), content_type=kind).text.splitlines()[0])
    assert [warning["code"] for warning in answer["warnings"]] == ["whole-page", "other-language"]
    assert answer["warnings"][1]["detail"] == "It is in German."


@pytest.mark.parametrize("text", [" \r\n “A\u00a0b”\u200b \n", "e\u0301 and \u00e9", "\ufeff“Hi”", "\N{GRINNING FACE}\x00"])
def test_text_reaches_the_pipeline_unchanged(calls, text):
    """Offsets refer to the text as received: nothing is trimmed or normalised."""
    seen, client = calls
    client.post("/v1/quotes", json={"text": text})
    client.post("/v1/quotes", data=text.encode(), content_type="text/plain")
    assert [call[0] for call in seen] == [text, text]


def test_json_may_start_with_a_byte_order_mark(client):
    """Some editors on Windows write one."""
    body = b"\xef\xbb\xbf" + json.dumps(examples.REQUEST).encode()
    assert client.post("/v1/quotes", data=body, content_type="application/json").status_code == 200


def test_the_service_finds_the_speaker(service):
    """With the trained pipeline."""
    quote = service.post("/v1/quotes", json=examples.REQUEST).json["quotes"][0]
    assert quote["text"] == "“The bridge opens on Monday,”"
    assert quote["speaker"]["name"] == "Ann Lee"


def test_the_service_reads_html_with_options(service):
    """With the trained pipeline."""
    request = {**examples.PAGE, "html": f"<p>It rains 😀.</p>{examples.HTML}"}
    answer = service.post("/v1/quotes", json=request).json
    assert ArticleSchema().validate(answer) == {}
    assert [quote["type"] for quote in answer["quotes"]] == ["direct"]
    assert answer["speakers"][0]["known_id"] == "Q42"
    span = answer["quotes"][0]["verbatim"][0]
    units = answer["text"].encode("utf-16-le")[2 * span["start"] : 2 * span["end"]]
    assert units.decode("utf-16-le") == span["text"] == "The bridge opens on Monday,"


@pytest.mark.parametrize(("fields", "threshold"), [({}, 0.7), ({"min_speaker_probability": 0}, 0)])
def test_the_settings_have_the_default_of_min_speaker_probability(make_client, fields, threshold):
    """The operator knows what a wrong name costs."""
    seen = []

    def remember(text, **options):
        seen.append(options["min_speaker_probability"])
        return examples.ARTICLE

    client = make_client(extract=remember, MIN_SPEAKER_PROBABILITY=0.7)
    assert client.post("/v1/quotes", json={"text": "Hi", **fields}).status_code == 200
    assert seen == [threshold]


def test_an_uncertain_speaker_is_not_named_and_all_candidates_are_in_the_answer(service):
    """The candidates' ids are entries of `speakers`, with the right names."""
    text = "“It rains,” said Bob Orr. Tom Fox met Jo Lee. He said that it pours."
    likely, doubted = (service.post("/v1/quotes", json={"text": text, "min_speaker_probability": least}).json for least in (0, 1))
    assert ArticleSchema().validate(doubted) == {}
    assert [quote["candidates"] for quote in likely["quotes"]] == [[], []]
    sure, unsure = doubted["quotes"]
    assert (sure["speaker"]["name"], sure["speaker"]["probability"]) == ("Bob Orr", 1)
    assert unsure["speaker"] is None
    assert unsure["candidates"][0] == {key: likely["quotes"][1]["speaker"][key] for key in ("id", "name", "probability")}
    named = {speaker["id"]: (speaker["name"], speaker["quotes"]) for speaker in doubted["speakers"]}
    assert named.pop(sure["speaker"]["id"]) == ("Bob Orr", ["q1"])
    assert named == {one["id"]: (one["name"], []) for one in unsure["candidates"] if one["name"] != "Bob Orr"}


def test_an_article_in_another_language_is_rejected_with_the_language(service):
    """In words, and as a code for programs."""
    text = "Die Brücke wird am Montag eröffnet, sagte die Bürgermeisterin. Radfahrer müssten warten."
    response = service.post("/v1/quotes", json={"text": text})
    assert response.status_code == 422
    assert response.json["language"] == "de"
    assert "German" in response.json["detail"]
    answer = service.post("/v1/quotes", json={"text": text, "language": "en"}).json
    assert [warning["code"] for warning in answer["warnings"]] == ["other-language"]
    assert ArticleSchema().validate(answer) == {}
