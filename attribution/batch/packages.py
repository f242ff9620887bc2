"""Import optional packages. In: the name of a module. Out: the module, or a BatchError that says which package to install."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from attribution.errors import BatchError


def require(name: str, what: str) -> Any:
    """Import an optional module that `what` needs."""
    try:
        return import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        raise BatchError(f"{what} needs the package {package}: pip install {package}") from None
