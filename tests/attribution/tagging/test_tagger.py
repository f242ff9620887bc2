"""The shipped tagger and pipeline: they read any text, travel with their network, and keep nothing of a text in memory."""

import os
import subprocess
import sys

import pytest
from spacy.util import load_model_from_config

import attribution
from attribution.errors import ModelError, TextError
from attribution.tagging.tagger import Tagger


@pytest.mark.parametrize(
    "text", ["", "\n", "\u2028", "“", "one", "“ ” ‘ ’", "a" * 5000, "\x00\ufeff", "他说：“很晚了。”", "word " * 3000]
)
def test_the_pipeline_reads_any_text(text: str) -> None:
    doc = attribution.load()(text)
    assert all(doc.text[span.start : span.end] == span.text for quote in doc._.quotes for span in quote.content)


def test_every_step_comes_after_the_steps_it_requires() -> None:
    assert attribution.load().analyze_pipes()["problems"] == {name: [] for name in attribution.load().pipe_names}


def test_the_network_travels_with_the_pipeline() -> None:
    copy = load_model_from_config(attribution.load().config).from_bytes(attribution.load().to_bytes())
    text = "“It is late,” said Ann Lee."
    assert copy(text)._.quotes == attribution.load()(text)._.quotes != ()


def test_a_tagger_without_a_network_says_how_to_get_one(nlp) -> None:
    with pytest.raises(ModelError, match=r"attribution\.load\(\)"):
        Tagger()(nlp("Hi."))
    with pytest.raises(ModelError, match="is incomplete"):
        Tagger().from_disk("nowhere")


def test_reading_starts_no_thread_and_writes_nothing_into_the_home_directory(tmp_path) -> None:
    """onnxruntime's telemetry would do both, and its thread would not survive a fork."""
    threads = "len(os.listdir('/proc/self/task'))"
    program = (
        f"import os, numpy; n = {threads}; import attribution; attribution.extract('“Hi,” said Ann.'); assert {threads} == n"
    )
    kept = {name: value for name, value in os.environ.items() if name not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")}
    subprocess.run([sys.executable, "-c", program], env={**kept, "HOME": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []


def test_reading_leaves_no_words_in_the_vocabulary() -> None:
    before = len(attribution.load().vocab.strings)
    attribution.extract("“Qwxyzzy plonkhurst,” said Vrmbl Gnarfquist.")
    assert len(attribution.load().vocab.strings) == before


@pytest.mark.parametrize("text", ["", " \n", "half \ud83d"])
def test_the_error_for_an_unreadable_text_names_the_remedy(text: str) -> None:
    with pytest.raises(TextError, match="send the"):
        attribution.extract(text)


def test_attitudes_are_left_out_by_default() -> None:
    text = "Ann Lee believes that it will rain. Bob Ray hopes for “a dry day”."
    assert [quote.source.text for quote in attribution.extract(text).quotes if quote.source] == ["Bob Ray"]
    assert len(attribution.extract(text, attitudes=True).quotes) == 2


def test_a_quote_that_spans_many_windows_stays_one_quote() -> None:
    paragraph = "“The mayor will not leave, because the town needs water, bread and a new bridge before the winter. " * 3
    text = "Ann Lee said: " + "\n\n".join([paragraph.strip()] * 12) + "”"
    (quote,) = [quote for quote in attribution.extract(text).quotes if quote.source]
    assert len(quote.content) >= 12
