"""Import the packages of the extras. In: a module's name. Out: the module, or a BatchError that says how to install it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from attribution.errors import BatchError


def require(name: str, what: str, extra: str = "batch") -> Any:
    """Import an optional module that `what` needs."""
    try:
        return import_module(name)
    except ImportError:
        raise BatchError(f"{what} needs the package {name.partition('.')[0]}: pip install quote-attribution[{extra}]") from None
