"""A value of each option, made from its declaration, and how it is written."""

import json
from urllib.parse import urlencode

from attribution.options import OPTIONS

KNOWN = [{"id": "Q42", "name": "Ann Lee", "aliases": ["Mayor Lee"]}, {"id": "Q43", "name": "Bob"}]


def _sample(option):
    one, two = "".join(option.choices[-1:]), list(option.choices[:2])
    return {"flag": True, "share": 0.25, "choice": one, "choices": two, "known_speakers": KNOWN}[option.kind]


SAMPLES = {name: _sample(option) for name, option in OPTIONS.items()}
"""As JSON."""


def written(value):
    """A value as a query or a command has it."""
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return ",".join(value)
    return value if isinstance(value, str) else json.dumps(value)


def query(options):
    """Options as a query."""
    return urlencode({name: written(value) for name, value in options.items()})
