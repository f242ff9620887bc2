"""Every option takes effect in each way to send it, over a live gunicorn: a check passes with the option and fails without."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from checks import spans
from live import call
from samples import query

from api.requests import QuoteRequestSchema, VerifyRequestSchema

TEXT = (
    "It rained 😀. “We will rebuild the bridge,” said Ann Lee, the mayor of Ashford. She warned that steel was late. She "
    "promised that it would open “before the snow”. She thinks that cyclists must wait."
)
GERMAN = "Die Brücke wird am Montag eröffnet, sagte die Bürgermeisterin. Radfahrer müssten warten."
SAID = "We will rebuild the bridge"
KNOWN = [{"id": "Q42", "name": "Mayor Lee", "aliases": ["Ann Lee"]}]


@dataclass(frozen=True)
class Case:
    """An option, a value, and a check that an answer passes only if the option took effect."""

    option: str
    value: Any
    holds: Any
    text: str = TEXT

    def __str__(self):
        return f"{self.option}={self.value if isinstance(self.value, str) else '…'}"


@dataclass(frozen=True)
class Way:
    """A way to send a request: path, media type, field of the article, and whether the options are in the query."""

    path: str
    media_type: str
    form: str
    query: bool = False

    def __str__(self):
        return f"{self.path} {self.media_type} {self.form} {'query' if self.query else 'body'}"

    def send(self, address, text, options):
        """The answer, or the first line of a stream."""
        article = f"<p>{text}</p>" if self.form == "html" else text
        fields = {self.form: article} if self.query else {self.form: article, **options}
        body = article if self.media_type.startswith("text/") else json.dumps(fields)
        parameters = f"?{query(options)}" if self.query else ""
        with call(f"{address}{self.path}{parameters}", body, **{"Content-Type": self.media_type}) as response:
            return json.loads(response.readline())


def of_quotes(answer, *fields):
    """The values of a field, or of a nested field, of all quotes."""
    values = answer["quotes"]
    for field in fields:
        values = [value[field] for value in values]
    return values


def counted_in(unit, encoding, width):
    """A check that every span is where its offsets say. The unit is `width` bytes in the encoding."""
    data = TEXT.encode(encoding)

    def holds(answer):
        found = list(spans(answer))
        words = [data[width * span["start"] : width * span["end"]].decode(encoding, "replace") for span in found]
        return answer["offset_unit"] == unit and words == [span["text"] for span in found] != []

    return holds


OF_BOTH = [
    Case("id", "Brücke, a/b", lambda answer: answer["id"] == "Brücke, a/b"),
    Case("offset_unit", "utf16", counted_in("utf16", "utf-16-le", 2)),
    Case("offset_unit", "utf8", counted_in("utf8", "utf-8", 1)),
    Case("language", "en", lambda answer: "model" in answer, GERMAN),
]
OF_ARTICLES = [
    *OF_BOTH,
    Case("types", ["mixed", "indirect"], lambda answer: set(of_quotes(answer, "type")) == {"mixed", "indirect"}),
    Case("acts", ["warn", "promise"], lambda answer: set(of_quotes(answer, "verb", "act")) == {"warn", "promise"}),
    Case("attitudes", True, lambda answer: "attitude" in of_quotes(answer, "kind")),
    Case("topics", True, lambda answer: "topic" in of_quotes(answer, "kind"), "Ann Lee, the mayor, criticised the plan."),
    Case("min_confidence", 1, lambda answer: min(of_quotes(answer, "confidence"), default=1) == 1),
    Case("min_speaker_probability", 1, lambda answer: any(of_quotes(answer, "candidates"))),
    Case("context", "none", lambda answer: not any(of_quotes(answer, "context"))),
    Case("context", "sentence", lambda answer: TEXT not in of_quotes(answer, "context", "text")),
    Case("known_speakers", KNOWN, lambda answer: "Q42" in [speaker["known_id"] for speaker in answer["speakers"]]),
    Case("include", ["text"], lambda answer: answer["text"] == TEXT and not any(who["mentions"] for who in answer["speakers"])),
]
OF_CLAIMS = [
    *OF_BOTH,
    Case("quote", "We will rebuild the tunnel", lambda answer: answer["verdict"] == "altered"),
    Case("min_speaker_probability", 1, lambda answer: answer["speaker"] is None, f"Ann Lee is the mayor. “{SAID},” she said."),
    Case("speaker", "Ann Lee", lambda answer: answer["speaker_agrees"] is True),
]
JSON, NDJSON = "application/json", "application/x-ndjson"
TO_ARTICLES = [
    Way("/v1/quotes", JSON, "text"),
    Way("/v1/quotes", JSON, "html"),
    Way("/v1/quotes", JSON, "text", query=True),
    Way("/v1/quotes", "text/plain", "text", query=True),
    Way("/v1/quotes", "text/html", "html", query=True),
    Way("/v1/quotes/stream", NDJSON, "text"),
    Way("/v1/quotes/stream", NDJSON, "html"),
    Way("/v1/quotes/stream", NDJSON, "text", query=True),
]
TO_CLAIMS = [
    Way("/v1/verify", JSON, "text"),
    Way("/v1/verify", JSON, "html"),
    Way("/v1/verify", "text/plain", "text", query=True),
    Way("/v1/verify", "text/html", "html", query=True),
]


@pytest.fixture(scope="module")
def answer(gunicorn):
    """The answer to an article with some options, cached."""
    answers = {}

    def ask(way, text, options):
        key = way, text, json.dumps(options)
        if key not in answers:
            answers[key] = way.send(gunicorn, text, options)
        return answers[key]

    return ask


@pytest.mark.parametrize("case", OF_ARTICLES, ids=str)
@pytest.mark.parametrize("way", TO_ARTICLES, ids=str)
def test_an_option_of_an_article_takes_effect(answer, way, case):
    assert case.holds(answer(way, case.text, {case.option: case.value}))
    assert not case.holds(answer(way, case.text, {}))


@pytest.mark.parametrize("case", OF_CLAIMS, ids=str)
@pytest.mark.parametrize("way", TO_CLAIMS, ids=str)
def test_an_option_of_a_claim_takes_effect(answer, way, case):
    assert case.holds(answer(way, case.text, {"quote": SAID, case.option: case.value}))
    assert not case.holds(answer(way, case.text, {"quote": SAID}))


@pytest.mark.parametrize(("schema", "cases"), [(QuoteRequestSchema, OF_ARTICLES), (VerifyRequestSchema, OF_CLAIMS)])
def test_every_option_has_a_case(schema, cases):
    """A new option needs a case here. Every case uses text or html."""
    assert {case.option for case in cases} | {"text", "html"} == set(schema().fields)
