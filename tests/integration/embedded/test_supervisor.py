"""The supervisor: what dies is started again, what stops leaves nothing behind."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from config import embedded, supervisor
from config.embedded import operations, ports, processes
from config.embedded.valkey import Valkey
from config.programs import MARK, Program
from config.supervisor import Supervisor
from tests.integration.embedded.conftest import server

PATIENCE_S = 60
# A program that leaves a child behind when it is killed, as a web server's worker process would be.
WITH_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import signal; signal.pause()'])"


@dataclass
class Running:
    """A supervisor at work in a thread of this process."""

    supervisor: Supervisor
    reports: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def tick(self) -> None:
        """What the supervisor calls about twice a second."""
        with self.changed:
            self.changed.notify_all()

    def wait_for(self, condition: Callable[[], object]) -> None:
        """Wait until something holds, looking at every tick."""
        with self.changed:
            assert self.changed.wait_for(lambda: bool(condition()), PATIENCE_S), self.reports


@pytest.fixture
def running(var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A little web server and a program with a child, supervised beside running services."""
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_S", 0.1)
    operations.up(var)
    port = ports.choose(avoiding=())
    script = var / "with_child.py"
    script.write_text(WITH_CHILD)
    monkeypatch.syspath_prepend(var)
    monkeypatch.setenv("PYTHONPATH", str(var))
    programs = [
        Program("web", ["http.server", "--bind", "127.0.0.1", str(port)], var),
        Program("parent", ["with_child"], var),
    ]
    reports: list[str] = []
    made = Running(Supervisor(var, programs, address=f"http://127.0.0.1:{port}", report=reports.append), reports)
    thread = threading.Thread(
        target=made.supervisor.run, kwargs={"keep_services": True, "ready": lambda: None, "tick": made.tick}
    )
    thread.start()
    made.wait_for((var / "run.json").exists)
    yield made
    made.supervisor.stopping.set()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def _pid(made: Running, name: str) -> int:
    made.wait_for(lambda: made.supervisor.pids()[name])
    pid = made.supervisor.pids()[name]
    assert pid
    return pid


def test_run_file_tells_address_and_pids_while_ready(var: Path, running: Running) -> None:
    told = json.loads((var / "run.json").read_text())
    assert httpx.get(told["address"], trust_env=False).status_code == 200
    assert told["programs"] == running.supervisor.pids()


def test_killed_program_is_started_again_and_its_orphans_are_gone(var: Path, running: Running) -> None:
    killed = _pid(running, "parent")
    running.wait_for(lambda: len(processes.family(killed)) == 2)
    orphan = processes.family(killed)[1]
    os.kill(killed, signal.SIGKILL)
    running.wait_for(lambda: running.supervisor.pids()["parent"] not in {None, killed})
    running.wait_for(lambda: not processes.command_line(orphan))
    assert any("parent ended with status -9" in line for line in running.reports)


def test_killed_service_is_started_again(var: Path, running: Running) -> None:
    before = processes.find(server(var, Valkey).identity)
    assert before
    os.kill(before, signal.SIGKILL)
    running.wait_for(lambda: processes.find(server(var, Valkey).identity) not in {None, before})
    running.wait_for(lambda: all(one.healthy for one in operations.status(var)))
    assert "valkey died; starting again" in running.reports


def test_stop_leaves_no_process_and_keeps_the_services_it_should(var: Path, running: Running) -> None:
    family = [pid for name in ("web", "parent") for pid in processes.family(_pid(running, name))]
    running.supervisor.stopping.set()
    running.wait_for(lambda: True)
    for pid in family:
        _gone(pid)
    assert not operations.not_running(var)


def test_leftovers_of_a_killed_supervisor_are_found_by_their_mark(var: Path) -> None:
    program = Program("leftover", ["http.server"], var)
    left = subprocess.Popen(
        [sys.executable, "-c", "import signal; signal.pause()"], env={MARK: program.mark}, start_new_session=True
    )
    stranger = subprocess.Popen(
        [sys.executable, "-c", "import signal; signal.pause()"], env={MARK: f"leftover@{var}-other"}
    )
    assert program.kill_leftovers() == 1
    assert left.wait(5) == -signal.SIGKILL
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_platform_that_never_answers_is_reported_with_its_log(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "READY_WITHIN_S", 1)
    mute = Program("web", ["timeit", "-n", "1", "import signal; signal.pause()"], var)
    made = Supervisor(var, [mute], address="http://127.0.0.1:9", report=lambda line: None)
    with pytest.raises(supervisor.NotReady, match=r"did not answer within 1 s\. Log: .*web\.log"):
        made.run(keep_services=True, ready=lambda: None, tick=lambda: None)
    assert not (var / "run.json").exists()
    assert made.pids() == {"web": None}


@pytest.mark.deep
def test_whole_platform_starts_answers_and_stops_cleanly(make_installation: Callable[[], Path]) -> None:
    fresh = make_installation()
    address = f"http://localhost:{ports.choose(avoiding=())}"
    environment = {"PATH": os.environ["PATH"], "OPENSLATE_VAR": str(fresh), "APP_URL": address}
    command = [sys.executable, "manage.py", "run"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as platform:
        assert platform.stdout is not None
        assert platform.stdout.readline() == f"ready {address}\n"
        assert httpx.get(f"{address}/api/schema/", trust_env=False).status_code == 200
        assert set(json.loads((fresh / "run.json").read_text())["programs"]) == {
            "web",
            "models",
            "media",
            "jobs",
            "beat",
        }
        second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert "running already" in second.stderr
        platform.send_signal(signal.SIGINT)
        assert platform.wait(PATIENCE_S) == 0
    assert {one.state for one in operations.status(fresh)} == {"stopped"}
    assert embedded.plan(fresh).var == fresh


def _gone(pid: int) -> None:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    readable, _, _ = select.select([handle], [], [], PATIENCE_S)
    os.close(handle)
    assert readable
