"""Root and ordinary users alike: who runs PostgreSQL, from which files, in which folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config import embedded
from config.embedded import accounts, operations, planning
from config.embedded.postgres import INSTALLATION, PACKAGE
from tests.integration.embedded.conftest import families

REPO = Path(__file__).resolve().parents[3]
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def ordinary() -> accounts.Account:
    """An unprivileged account of this machine."""
    return accounts.unprivileged()


@pytest.fixture
def open_var(ordinary: accounts.Account) -> Iterator[Path]:
    """A folder that the ordinary account owns and reaches."""
    folder = Path(tempfile.mkdtemp(prefix="openslate-test-"))
    ordinary.own(folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@only_root
def test_ordinary_user_starts_uses_and_stops_everything(ordinary: accounts.Account, open_var: Path) -> None:
    var = open_var / "var"
    try:
        started = _embedded(ordinary, "up", var)
        assert started.returncode == 0, started.stderr
        services = embedded.plan(var)
        assert services.postgres_data == var / "postgres"
        with psycopg.connect(services.database_url) as app:
            assert app.execute("SELECT current_user").fetchone() == ("app",)
        assert {path.stat().st_uid for path in var.iterdir()} == {ordinary.uid}
        assert _embedded(ordinary, "status", var).returncode == 0
    finally:
        stopped = _embedded(ordinary, "down", var)
    assert stopped.returncode == 0
    assert families(var) == {}


@only_root
def test_folder_of_another_user_is_named_with_the_fix(ordinary: accounts.Account, open_var: Path) -> None:
    var = open_var / "roots"
    planning.load_or_create(var)
    refused = _embedded(ordinary, "up", var)
    assert refused.returncode == 1
    assert "services.json belongs to another user" in refused.stderr
    assert "OPENSLATE_VAR" in refused.stderr


@only_root
def test_postgres_gets_an_open_folder_when_ours_is_closed_and_no_mode_changes(
    make_installation: Callable[[], Path],
) -> None:
    closed = make_installation()
    parents = {parent: parent.stat().st_mode for parent in closed.parents}
    assert any(not mode & 0o001 for mode in parents.values()), "pytest keeps its folders to itself"
    operations.up(closed, ["postgres"])
    data = embedded.plan(closed).postgres_data
    assert not data.is_relative_to(closed)
    assert {parent: parent.stat().st_mode for parent in closed.parents} == parents
    assert data.stat().st_mode & 0o077 == 0
    operations.down(closed)


@only_root
def test_programs_in_a_closed_folder_are_copied_where_the_account_runs_them(
    ordinary: accounts.Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_var: Path
) -> None:
    installed = Path(sysconfig.get_path("purelib"))
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / PACKAGE).symlink_to(installed / PACKAGE)
    open_var.chmod(0o755)
    monkeypatch.setattr(accounts, "open_folder", lambda: open_var)
    copied = accounts.reachable_copy(
        closed / PACKAGE / INSTALLATION, installed / f"{PACKAGE}.libs", probe="bin/postgres", account=ordinary
    )
    assert copied.is_relative_to(open_var)
    version = [str(copied / "bin" / "initdb"), "--version"]
    shown = subprocess.run(version, **ordinary.popen_arguments(), cwd="/", capture_output=True, text=True, check=True)
    assert "(PostgreSQL) 18" in shown.stdout
    again = accounts.reachable_copy(
        closed / PACKAGE / INSTALLATION, installed / f"{PACKAGE}.libs", probe="bin/postgres", account=ordinary
    )
    assert again == copied


# Becomes the ordinary user only once everything is imported: our interpreter may lie in root's home.
AS_ORDINARY = """
import encodings.ascii, encodings.idna, importlib.readers, os, sys
from pathlib import Path
from config.embedded import operations, terminal
action, var, warm_up, uid, gid = sys.argv[1:]
operations.status(Path(warm_up))
os.setgroups([]), os.setgid(int(gid)), os.setuid(int(uid))
sys.exit(terminal.run(action, Path(var), []))
"""


def _embedded(account: accounts.Account, action: str, var: Path) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as warm_up:
        given = [action, str(var), f"{warm_up}/var", str(account.uid), str(account.gid)]
        environment = {"PATH": os.defpath, "PYTHONPATH": str(REPO)}
        command = [sys.executable, "-c", AS_ORDINARY, *given]
        return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
