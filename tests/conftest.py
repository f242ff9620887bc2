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

    def answer_example(text, *, article_id=None, attitudes=False):
        return replace(examples.ARTICLE, id=article_id)

    def make(*, extract=answer_example, **config):
        return create_app(config, extract=extract, log_to=log).test_client()

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
