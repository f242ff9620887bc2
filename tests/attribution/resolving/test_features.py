"""The features by which the ranker tells mentions apart. Their order is that of the trained weights."""

import pytest
from builders import read, run

from attribution.resolving.columns import Columns
from attribution.resolving.features import mention_features
from attribution.resolving.mentions import make_mentions

NAMES = (
    *("gendered", "thing", "plural pronoun", "self", "other", "name", "possessive"),
    *("nominal", "definite", "indefinite", "owned", "plural", "nominal with a gender", "unique", "short", "long"),
)
"""What the first features of a mention are."""


def features(nlp, marked, source):
    """The features of the source of "all is well" in a text."""
    doc = run(nlp, read(nlp, marked, ("all is well", "said", source)), make_mentions)
    columns = Columns(doc._.mentions, (), doc._.quotes)
    return mention_features(columns, next(number for number, one in enumerate(doc._.mentions) if one.sources))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("She", {"gendered"}),
        ("It", {"thing"}),
        ("They", {"plural pronoun"}),
        ("I", {"self"}),
        ("{PERSON Ann Lee}", {"name"}),
        ("The mayor", {"nominal", "definite", "short"}),
        ("A former mayor of the small town of York", {"nominal", "indefinite", "long"}),
        ("Several women", {"nominal", "indefinite", "plural", "short"}),
    ],
)
def test_a_mention_is_described_by_its_words(nlp, source, told):
    values = features(nlp, f"{source} said all is well.", source.strip("{}").removeprefix("PERSON "))
    assert {name for name, value in zip(NAMES, values, strict=False) if value} == told
