"""What stands in a batch's file: an article a row, or a quote a row. In: an `Article`. Out: its rows, as plain dicts.

An article's row is the one shape of `attribution.data`. A quote's row is flat, for those who open it as a table: a `Row`.
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
