"""What a person at the terminal sees and gets as exit status."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config import embedded
from config.embedded import __main__ as module
from config.embedded import anvil, operations, terminal


def test_status_of_running_services_is_a_table_and_success(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    operations.up(var)
    assert terminal.run("status", var, []) == 0
    shown = capsys.readouterr().out
    assert [name for name in operations.NAMES if name not in shown] == []
    assert shown.count("yes") == len(operations.NAMES)


def test_status_of_a_stopped_service_is_failure(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.run("down", var, ["anvil"]) == 0
    assert terminal.run("status", var, []) == 1
    assert terminal.run("status", var, ["valkey"]) == 0
    assert terminal.run("up", var, ["anvil"]) == 0
    assert "stopped" in capsys.readouterr().out


def test_error_goes_to_stderr_with_the_fix(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    operations.down(var, ["anvil"])
    monkeypatch.setattr(anvil, "CONTRACTS", tmp_path)
    assert terminal.run("up", var, ["anvil"]) == 1
    assert "make setup" in capsys.readouterr().err


def test_unknown_service_is_named(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.run("up", var, ["mysql"]) == 1
    assert "No such service: mysql" in capsys.readouterr().err


def test_python_module_takes_the_folder_from_its_option(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["embedded", "status", "valkey", "--var", str(var)])
    assert module.main() == 0
    assert str(embedded.plan(var).ports["valkey"]) in capsys.readouterr().out


def test_management_command_shows_the_services_of_the_settings(
    services: embedded.Services, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("services", "status")
    assert ended.value.code == 0
    assert str(services.ports["postgres"]) in capsys.readouterr().out


def test_run_names_a_taken_port_and_the_fix(settings: pytest.FixtureRequest, var: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        settings.VAR = var  # type: ignore[attr-defined]  # pytest-django's fixture
        settings.APP_URL = f"http://localhost:{port}"  # type: ignore[attr-defined]  # as above
        with pytest.raises(CommandError, match=rf"Port {port} is taken by another program\. .* set APP_URL"):
            call_command("run", no_workers=True)
