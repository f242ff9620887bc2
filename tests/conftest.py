"""What tests of several folders share: a client of the service with a stand-in for the pipeline, and one with the pipeline.

The door is imported inside the fixtures, so that tests of the core run without it.
"""

from __future__ import annotations

import io
import os
import shutil
import threading
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
def live():
    """The address of the service as it is, on a free port."""
    from werkzeug.serving import make_server

    from api import create_app

    server = make_server("127.0.0.1", 0, create_app(log_to=io.StringIO()), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    """A browser without a window. Without one these tests fail, and are not skipped."""
    from playwright.sync_api import sync_playwright

    if not (path := shutil.which(os.environ.get("CHROMIUM", "chromium"))):
        pytest.fail("There is no chromium. Install it (apt-get install chromium), or set CHROMIUM to the browser's path.")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def open_tab(browser, live):
    """Opens tabs, 1280 by 900 and light unless said otherwise. None may have complained, or called anybody else."""
    from browsing import Tab

    tabs = []

    def make(*, width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        tabs.append(Tab(context.new_page(), live))
        return tabs[-1]

    yield make
    for tab in tabs:
        tab.page.context.close()
        assert tab.called <= {live, "data:", "file:///"}
        assert tab.complaints == []


@pytest.fixture
def tab(open_tab):
    """A tab of the browser."""
    return open_tab()


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
    from attribution.tagging.windows import WordPieces

    return WordPieces(
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "“", "”", ",", ".", "!", "it", "is", "late", "ann", "lee", "said", "go"]
    )


@pytest.fixture
def article():
    """A small annotated article: a quote of two fragments, and one that shares its source."""
    from training.corpora.records import Annotation, Article

    text = "“It is late,” Ann Lee said, adding that she left.\n“Go!”\n"
    said = Annotation(((0, 13), (50, 55)), ((22, 26),), ((14, 21),))
    return Article("a", text, attributions=(said, Annotation(((35, 48),), ((28, 34),), ((14, 21),))))


@pytest.fixture
def nested_article():
    """A sentence whose content is attributed once more inside: "Ann said Lee said it is late."."""
    from training.corpora.records import Annotation, Article

    outer = Annotation(((9, 28),), ((4, 8),), ((0, 3),), kind="statement")
    inner = Annotation(((18, 28),), ((13, 17),), ((9, 12),), kind="topic")
    return Article("n", "Ann said Lee said it is late.", attributions=(outer, inner), nested=True)


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
