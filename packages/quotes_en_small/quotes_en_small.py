"""`spacy.load("quotes_en_small")`: the trained pipeline that the installed library ships, under the name that spaCy looks for.

spaCy loads by the name of a distribution, so this one has nothing but this. In: what `spacy.load` takes. Out: the pipeline.
"""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language

from attribution.pipeline import DIRECTORY


def load(**changes: Any) -> Language:
    """The pipeline, with the `vocab`, `disable`, `enable`, `exclude` and `config` of `spacy.load`."""
    return spacy.load(DIRECTORY, **changes)
