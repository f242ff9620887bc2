"""Whether the service can listen where it is to, and a port beside. gunicorn would try for five seconds, and log two lines a try.

In: addresses as gunicorn has them. Out: nothing, or listeners at one more port, or a `SettingError` that says which cannot be had
and why. It looks at hosts with ports only; what another process has opened, or a file is, is left to gunicorn.
"""

from __future__ import annotations

from collections.abc import Iterable
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket
from typing import Any

from gunicorn.sock import TCP6Socket, TCPSocket

from .settings import SettingError

Address = tuple[str, int] | str | int
ITS_OWN = "Choose another by --port or --host (with gunicorn, by --bind)"


def check(addresses: Iterable[Address]) -> None:
    """Try each of some addresses, and keep none open."""
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
        raise _refusal(host, port, error, ITS_OWN) from None


def beside(addresses: Iterable[Address], port: int, config: Any, log: Any) -> list[Any]:
    """What listens at `port` of each host among some addresses, or of this machine where there is none."""
    hosts = {address[0] for address in addresses if isinstance(address, tuple)} or {"127.0.0.1"}
    return [_listener(host, port, config, log) for host in sorted(hosts)]


def _listener(host: str, port: int, config: Any, log: Any) -> Any:
    try:
        return (TCP6Socket if ":" in host else TCPSocket)((host, port), config, log)
    except OSError as error:
        raise _refusal(host, port, error, "Choose another by ATTRIBUTION_METRICS_PORT") from None


def _refusal(host: str, port: int, error: OSError, remedy: str) -> SettingError:
    return SettingError(
        f"The service cannot listen at port {port} of {host}: {error.strerror}. {remedy}, or stop the program that has it."
    )
