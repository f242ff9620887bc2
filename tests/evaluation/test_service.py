"""Inspecting processes, and the command that starts a service. No service is started here: `make faults` does that."""

import os
import subprocess
from pathlib import Path

import pytest

from evaluation import service
from evaluation.service import Conditions


def test_memory_and_open_descriptors_of_a_process_are_read(tmp_path):
    """A process that does not exist has none."""
    own = os.getpid()
    with (tmp_path / "opened").open("w") as file:
        assert file.name in service.descriptors(own)
    assert 0 < service.memory(own) <= service.memory(own, "VmSize")
    assert (service.memory(0), service.descriptors(0)) == (0.0, [])
    assert service.all_ended([0])
    assert not service.all_ended([0, own])


def test_a_memory_limit_is_set_in_the_command():
    command = service._command(1, Conditions(memory=512))
    shell = command[: command.index("sh", 1) + 1]
    shown = subprocess.run([*shell, "sh", "-c", "ulimit -v"], capture_output=True, text=True, check=True).stdout
    assert int(shown) == 512 * 1024
    assert service._command(1, Conditions()) == command[len(shell) :]


def test_root_drops_its_rights_over_files_if_bare(monkeypatch):
    for user, start in ((0, service.BARE), (1000, [])):
        monkeypatch.setattr("os.geteuid", lambda user=user: user)
        assert service._command(1, Conditions(bare=True)) == [*start, *service._command(1, Conditions())]


def test_settings_and_package_are_passed_in_the_environment():
    given = service._surroundings(Conditions(package=Path("/package")), {"WORKERS": 2})
    assert (given["env"]["ATTRIBUTION_WORKERS"], given["env"]["PYTHONPATH"]) == ("2", "/package")
    assert given["cwd"] == Path("/package")
    assert service._surroundings(Conditions(), {})["cwd"] is None


def test_a_condition_that_never_holds_is_an_error_with_a_remedy(monkeypatch):
    monkeypatch.setattr(service, "PATIENCE", 0)
    with pytest.raises(TimeoutError, match="see the log"):
        service.wait_until(lambda: False)
    assert service.wait_until(lambda: True) >= 0
