"""Checks that the service can listen at its addresses, and opens an extra port for the metrics.

In: addresses in gunicorn's form. Out: nothing, or listeners at the extra port, or a `SettingError` that says which address is
not available and why. Left to gunicorn, a failure takes five seconds and logs two lines for each attempt. Only host and port
pairs are checked, not Unix sockets or inherited file descriptors.
"""

from __future__ import annotations

from collections.abc import Iterable
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket
from typing import Any

from gunicorn.sock import TCP6Socket, TCPSocket

from .settings import SettingError

Address = tuple[str, int] | str | int
SERVICE_REMEDY = "Choose another with --port or --host (with gunicorn, --bind)"
METRICS_REMEDY = "Choose another with ATTRIBUTION_METRICS_PORT"


def check_available(addresses: Iterable[Address]) -> None:
    """Bind each address once and close it again; raise a SettingError if one is not available."""
    for address in addresses:
        if isinstance(address, tuple):
            _check(*address)


def _check(host: str, port: int) -> None:
    try:
        with socket(AF_INET6 if ":" in host else AF_INET) as probe:
            # gunicorn sets this too: recently closed connections do not block the port.
            probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise _refusal(host, port, error, SERVICE_REMEDY) from None


def listeners_at(addresses: Iterable[Address], port: int, config: Any, log: Any) -> list[Any]:
    """A listener at `port` on each host among the addresses, or on 127.0.0.1 if they name no host."""
    hosts = {address[0] for address in addresses if isinstance(address, tuple)} or {"127.0.0.1"}
    return [_listener(host, port, config, log) for host in sorted(hosts)]


def _listener(host: str, port: int, config: Any, log: Any) -> Any:
    try:
        return (TCP6Socket if ":" in host else TCPSocket)((host, port), config, log)
    except OSError as error:
        raise _refusal(host, port, error, METRICS_REMEDY) from None


def _refusal(host: str, port: int, error: OSError, remedy: str) -> SettingError:
    return SettingError(
        f"The service cannot listen on port {port} of {host}: {error.strerror}. {remedy}, or stop the program that uses it."
    )
