"""Running the network without memory."""

import pytest

import attribution


@pytest.mark.parametrize("said", ["Status Message: std::bad_alloc", "Failed to allocate memory for requested buffer of size 64"])
def test_a_network_without_memory_raises_the_error_of_python(monkeypatch, said):
    """So a caller need not know onnxruntime's."""
    session = attribution.load().get_pipe("tagger").network._session

    def fail(*_):
        raise RuntimeError(said)

    monkeypatch.setattr(session, "run", fail)
    with pytest.raises(MemoryError):
        attribution.extract("“It is late,” said Ann Lee.")
    monkeypatch.undo()
    assert len(attribution.extract("“It is late,” said Ann Lee.").quotes) == 1
