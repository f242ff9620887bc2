"""What the service reports at its start if it cannot listen."""

import socket
import subprocess
import sys

import pytest

from api import addresses
from api.settings import SettingError


def test_an_address_in_use_is_reported_with_the_remedy():
    """Among several addresses, the error names the right one."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        host, port = other.getsockname()
        message = rf"port {port} of 127\.0\.0\.1: Address already in use\. Choose another with --port"
        with pytest.raises(SettingError, match=message):
            addresses.check_available([(host, 0), (host, port)])


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_of_another_machine_is_reported_too(host):
    """These addresses are reserved for documentation."""
    with pytest.raises(SettingError, match=f"port 8000 of {host}: "):
        addresses.check_available([(host, 8000)])


def test_a_free_address_stays_free(tmp_path):
    """Unix sockets and inherited file descriptors are not checked."""
    with socket.create_server(("127.0.0.1", 0)) as before:
        free = before.getsockname()
    for _ in range(2):
        addresses.check_available([free, str(tmp_path / "socket"), 3])
    assert list(tmp_path.iterdir()) == []
    socket.create_server(free).close()


def test_the_service_exits_with_one_line_if_the_port_is_in_use():
    """The exit code is 1, and the pipeline is not loaded before."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "attribution", "serve", "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert done.stderr.count("Address already in use") == 1
    assert done.stderr.splitlines()[-1].startswith(f"Error: The service cannot listen on port {port} of 127.0.0.1: ")
    assert "Traceback" not in done.stderr
