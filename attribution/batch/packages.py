"""Packages that only some batches need, the extra `batch`. In: a module's name. Out: the module, or a BatchError that says how to
get it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from attribution.errors import BatchError


def needed(name: str, what: str) -> Any:
    """A module that is not always there, and without which `what` cannot be read or written."""
    try:
        return import_module(name)
    except ImportError:
        raise BatchError(f"{what} needs the package {name.partition('.')[0]}: pip install quote-attribution[batch]") from None
