"""Whether the service can listen where it is to. gunicorn would try for five seconds, and log two lines at each try.

In: addresses as gunicorn has them. Out: nothing, or a `SettingError` that says which cannot be had and why. It looks at hosts
with ports only; what another process has opened, or a file is, is left to gunicorn. It keeps nothing open.
"""

from __future__ import annotations

from collections.abc import Iterable
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket

from .settings import SettingError


def check(addresses: Iterable[tuple[str, int] | str | int]) -> None:
    """Try each of some addresses."""
    for address in addresses:
        if isinstance(address, tuple):
            _try(*address)


def _try(host: str, port: int) -> None:
    try:
        with socket(AF_INET6 if ":" in host else AF_INET) as probe:
            # As gunicorn sets it: connections that have just ended are in nobody's way.
            probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise SettingError(
            f"The service cannot listen at port {port} of {host}: {error.strerror}. Choose another by --port or --host "
            "(with gunicorn, by --bind), or stop the program that has it."
        ) from None
