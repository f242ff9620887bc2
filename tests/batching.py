"""Batches as tests run them: what reads is a stand-in, in threads of this process, or in two others where this is a program.

    python -m batching IN OUT

reads the lines of IN, and says so and waits for ever at the article whose text is that of the variable HALT.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

from attribution.batch.answers import Answer, failed, line
from attribution.batch.pool import processes
from attribution.batch.work import Job, run
from attribution.inputs import keywords_of

EVERY = 2
"""Articles after which these batches make sure of what they have."""


def answer(item):
    """A row that holds the text; of no text, why there is none."""
    text = keywords_of(item.piece)["text"]
    if text == os.environ.get("HALT"):
        print("halted", flush=True)
        Event().wait()
    name = item.piece.name
    return Answer(line({"id": name, "text": text})) if text else failed(item.piece, name, "no text")


def threads():
    """Two readers in this process."""
    return ThreadPoolExecutor(2)


def read(job, **options):
    """Run a batch here, with the stand-in unless another is given."""
    return run(job, threads, **{"ask": answer, "every": EVERY, "workers": 2, **options})


def lines(path, texts):
    """A file of articles."""
    path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts), encoding="utf-8")
    return path


if __name__ == "__main__":
    run(Job((Path(sys.argv[1]),), Path(sys.argv[2])), partial(processes, 2, int), workers=2, ask=answer, every=EVERY)
