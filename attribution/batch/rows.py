"""The rows of a batch's output: one per article or one per quote. In: an `Article`. Out: its rows, as plain dicts.

The row of an article is its JSON form in `attribution.data`. The row of a quote is a `Row`, which is flat, for use as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attribution.data import Article
from attribution.rows import Row, rows


def _articles(article: Article) -> Iterator[dict[str, Any]]:
    yield article.to_dict()


ROWS: dict[str, Callable[[Article], Iterator[dict[str, Any]]]] = {"articles": _articles, "quotes": rows}
RECORDS: dict[str, type] = {"articles": Article, "quotes": Row}
"""The record that each row is the plain form of."""
