"""Run batches in tests with a fake reader: in threads of this process, or, as a program, in two processes.

    python -m batching IN OUT

reads the lines of IN. At the article whose text is in the variable HALT, it prints "halted" and waits forever.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

from attribution.batch.answers import Answer, failure, json_line
from attribution.batch.pool import processes
from attribution.batch.work import Job, run
from attribution.inputs import keywords_of

SAVE_EVERY = 2
"""These batches save their progress after this many articles."""


def answer(item):
    """A row with the text; for an empty text, an error."""
    text = keywords_of(item.article)["text"]
    if text == os.environ.get("HALT"):
        print("halted", flush=True)
        Event().wait()
    name = item.article.name
    return Answer(json_line({"id": name, "text": text})) if text else failure(item.article, name, "no text")


def answer_or_die(item):
    """The same, but the process ends at the text "die"."""
    if keywords_of(item.article)["text"] == "die":
        os._exit(1)
    return answer(item)


def threads():
    """Two reading threads in this process."""
    return ThreadPoolExecutor(2)


def read(job, **options):
    """Run a batch in this process, with the fake reader by default."""
    return run(job, threads, **{"reader": answer, "save_every": SAVE_EVERY, "workers": 2, **options})


def lines(path, texts):
    """Write a file of articles."""
    path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts), encoding="utf-8")
    return path


if __name__ == "__main__":
    run(Job((Path(sys.argv[1]),), Path(sys.argv[2])), partial(processes, 2, int), workers=2, reader=answer, save_every=SAVE_EVERY)
