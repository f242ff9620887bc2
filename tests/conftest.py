"""What tests of several folders share: a client of the service with a stand-in for the pipeline, and one with the pipeline.

The door is imported inside the fixtures, so that tests of the core run without it.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest


@pytest.fixture
def log():
    """What the service logs."""
    return io.StringIO()


@pytest.fixture
def make_client(log):
    """Makes a client of a service with settings, and a pipeline, of the test's choice."""
    from api import create_app, examples

    def answer_example(text, *, article_id=None, **options):
        return replace(examples.ARTICLE, id=article_id)

    def make(*, extract=answer_example, verify=None, trained=lambda: examples.ARTICLE.model, **config):
        return create_app(config, extract=extract, verify=verify, trained=trained, log_to=log).test_client()

    return make


@pytest.fixture
def client(make_client):
    """A client of a service that answers every article with the example's quotes, under the id that was asked for."""
    return make_client()


@pytest.fixture(scope="session")
def service():
    """A client of the service as it is, with the trained pipeline behind it."""
    from api import create_app

    return create_app(log_to=io.StringIO()).test_client()


@pytest.fixture(scope="session")
def nlp():
    """An English tokenizer and sentencizer, nothing trained."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="session")
def pieces():
    """A vocabulary of a few word pieces."""
    from attribution.windows import WordPieces

    return WordPieces(
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "“", "”", ",", ".", "!", "it", "is", "late", "ann", "lee", "said", "go"]
    )


@pytest.fixture
def article():
    """A small annotated article: a quote of two fragments, and one that shares its source."""
    from training.corpora.records import Article, Attribution

    text = "“It is late,” Ann Lee said, adding that she left.\n“Go!”\n"
    said = Attribution(((0, 13), (50, 55)), ((22, 26),), ((14, 21),))
    return Article("a", text, attributions=(said, Attribution(((35, 48),), ((28, 34),), ((14, 21),))))


@pytest.fixture
def example(article, nlp, pieces):
    """The same, read for training."""
    from training.examples import build

    return build(article, nlp, pieces, limit=50)


@pytest.fixture(scope="session")
def gunicorn(tmp_path_factory):
    """The address of a live gunicorn on a free port, with the trained pipeline behind it."""
    from live import serving

    with serving(tmp_path_factory.mktemp("gunicorn"), app="api:create_app()", WORKERS=1) as (_, address):
        yield address
