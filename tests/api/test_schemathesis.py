"""The service accepts what the contract allows and rejects what it does not. schemathesis generates the requests.

The environment variable `EXAMPLES` sets how many each endpoint gets; `make test-contract` sends a thousand.
"""

import io
import json
import os
import re
from contextlib import closing

import pytest
import schemathesis
import standin
from checks import spans
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api import create_app, examples
from api.answers import NDJSON
from api.schemas.service import ProblemSchema
from api.schemas.shape import ArticleSchema
from attribution.data import TYPES
from attribution.options import UNITS

EXAMPLES = int(os.environ.get("EXAMPLES", "20"))
CONFIG = {"seed": 1, "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"}}
PLAIN = {"Accept-Encoding": "identity"}
"""schemathesis cannot read compressed responses."""
CODECS = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}
WIDTHS = {"codepoint": 4, "utf16": 2, "utf8": 1}

text = st.text(st.characters(codec="utf-8", exclude_characters="“”"), min_size=1)
quoted = st.builds("{}{} “{}”{}".format, st.sampled_from(["", "😀", "\r\n", "“"]), text, text, text)
articles = st.fixed_dictionaries(
    {"text": quoted},
    optional={"id": text, "types": st.sets(st.sampled_from(TYPES)).map(list), "offset_unit": st.sampled_from(UNITS)},
)
lines = st.lists(articles.map(json.dumps) | text, min_size=1).map(lambda lines: "\n".join(lines).encode()).filter(bytes.strip)


def read_to_the_end(application):
    """Read and close each response, as a server does and schemathesis does not. A stream that is not closed keeps its slot."""

    def wrapped(environ, start_response):
        with closing(application(environ, start_response)) as body:
            return [b"".join(body)]

    return wrapped


app = create_app(extract=standin.extract, verify=standin.verify, trained=lambda: examples.ARTICLE.model, log_to=io.StringIO())
app.wsgi_app = read_to_the_end(app.wsgi_app)
contract = schemathesis.openapi.from_wsgi("/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG), headers=PLAIN)
schemathesis.openapi.media_type(NDJSON, lines)


@schemathesis.serializer(NDJSON)
def as_it_is(context, value):
    """Send lines as they were generated."""
    return value if isinstance(value, bytes) else str(value).encode()


def cannot_be_invalid(case):
    """Whether data that schemathesis intends as invalid may be valid on the wire: any text, or an empty list."""
    return case.media_type in ("text/html", NDJSON) or not case.query.get("include", True)


def has_no_words(case):
    """Whether the article or quote has no words, which no schema can express: only punctuation or tags, or no quote."""
    body = case.body if isinstance(case.body, dict) else {"text": case.body}
    words = [str(fields[name]) for fields in (case.query, body) for name in ("text", "html", "quote") if name in fields]
    if case.path == "/v1/verify" and not isinstance(case.body, dict) and "quote" not in case.query:
        return True
    return not all(re.search(r"[^\W_]", re.sub("<.*?(>|$)", "", one)) for one in words)


@contract.parametrize()
def test_every_endpoint_follows_the_contract(case):
    """With valid and invalid data; a stream line by line."""
    excluded = [negative_data_rejection] * cannot_be_invalid(case) + [positive_data_acceptance] * has_no_words(case)
    response = case.call_and_validate(headers=PLAIN, excluded_checks=excluded)
    if response.headers["content-type"][0] == NDJSON:
        *answers, end = map(json.loads, response.content.decode().splitlines())
        failed = [answer for answer in answers if "line" in answer]
        assert end == {"type": "end", "lines": len(answers), "failed": len(failed)}
        for answer in answers:
            schema = ProblemSchema if "line" in answer else ArticleSchema
            assert schema().validate(answer) == {}


@pytest.mark.parametrize("unit", UNITS)
@settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)
@given(text=quoted)
def test_offsets_refer_to_the_text_that_was_sent(unit, text):
    """In each unit."""
    answer = app.test_client().post("/v1/quotes", json={"text": text, "offset_unit": unit, "language": "en"}).json
    assert len(answer["quotes"]) == 1
    encoded, width = text.encode(CODECS[unit]), WIDTHS[unit]
    for span in spans(answer):
        assert encoded[width * span["start"] : width * span["end"]].decode(CODECS[unit]) == span["text"]
