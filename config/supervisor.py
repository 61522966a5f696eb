"""Keeps a platform running: embedded services, web server, workers, beat.

It restarts what dies and stops everything in the end. Whoever starts it as a process (`manage.py run`) can wait for
`run.json` in the state folder, which exists while the platform is ready: `{"address", "pid", "programs"}`.
"""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from config.embedded import EmbeddedServiceError, operations, planning
from config.embedded.anvil import Anvil
from config.embedded.server import NotAnswering
from config.programs import Program

RUN_FILE = "run.json"
TICK_S = 0.5
SERVICES_TICK_S = 1
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1, 30
STEADY_AFTER_S = 60
READY_WITHIN_S = 120
GRACE_S = 10
FINAL_REQUEST_S = 2

Report = Callable[[str], None]


class NotReady(Exception):
    """The platform did not answer in time."""


class Keeper:
    """Keeps one program running; the longer it fails, the longer the pauses."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.restarts = 0
        self._pause_s: float = FIRST_PAUSE_S
        self._next_start_at = 0.0
        self._started_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The pid while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def tend(self, report: Report) -> None:
        """Start the program if it does not run and its pause is over."""
        if self.pid is not None:
            return
        if self._process is not None:
            self._mourn(self._process, report)
        if time.monotonic() >= self._next_start_at:
            self.program.kill_leftovers()
            self._process = self.program.start()
            self._started_at = time.monotonic()

    def ask_to_stop(self) -> None:
        """Send SIGTERM, once."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait until it has stopped, then kill whatever of it is left."""
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0, deadline - time.monotonic()))
        self.program.kill_leftovers()
        if self._process:
            self._process.wait()

    def _mourn(self, process: subprocess.Popen[bytes], report: Report) -> None:
        steady = time.monotonic() - self._started_at > STEADY_AFTER_S
        pause_s = FIRST_PAUSE_S if steady else self._pause_s
        self._pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        self._next_start_at = time.monotonic() + pause_s
        self._process = None
        self.restarts += 1
        ended = f"{self.program.name} ended with status {process.returncode}"
        report(f"{ended}; next start in {pause_s:.0f} s. Log: {self.program.log}")


class Supervisor:
    """Runs programs until it is asked to stop.

    Args:
        var: The state folder.
        programs: What to run besides the services.
        address: Where the web server answers; None when it is not among the programs.
        report: Called with a line for people whenever something happens.
    """

    def __init__(self, var: Path, programs: Sequence[Program], *, address: str | None, report: Report) -> None:
        self.keepers = [Keeper(program) for program in programs]
        self.stopping = threading.Event()
        self._var = var
        self._address = address
        self._report = report

    def run(self, *, keep_services: bool, ready: Callable[[], None], tick: Callable[[], None]) -> None:
        """Run everything until `stopping` is set; then stop everything.

        Args:
            keep_services: Leave the embedded services running in the end.
            ready: Called once, when the web server answers.
            tick: Called about twice a second, to show what is going on.

        Raises:
            NotReady: The web server did not answer within `READY_WITHIN_S`.
        """
        services = threading.Thread(target=self._tend_services, name="services")
        services.start()
        try:
            self._tend_programs(ready, tick)
        finally:
            self.stopping.set()
            (self._var / RUN_FILE).unlink(missing_ok=True)
            self._stop_programs()
            services.join()
            if not keep_services:
                self._report("stopping services")
                operations.down(self._var)

    def pids(self) -> Mapping[str, int | None]:
        """Every program's pid, None while it does not run."""
        return {keeper.program.name: keeper.pid for keeper in self.keepers}

    def _tend_programs(self, ready: Callable[[], None], tick: Callable[[], None]) -> None:
        deadline: float | None = time.monotonic() + READY_WITHIN_S
        written: Mapping[str, int | None] = {}
        while not self.stopping.is_set():
            for keeper in self.keepers:
                keeper.tend(self._report)
            if deadline and self._answers():
                deadline = None
                ready()
            if deadline and time.monotonic() > deadline:
                raise NotReady(
                    f"{self._address} did not answer within {READY_WITHIN_S} s. Log: {self._var}/log/web.log"
                )
            if not deadline and written != self.pids():
                written = dict(self.pids())
                self._write_run_file(written)
            tick()
            self.stopping.wait(TICK_S)

    def _answers(self) -> bool:
        if self._address is None:
            return True
        try:
            httpx.get(self._address, timeout=FINAL_REQUEST_S, trust_env=False)
        except httpx.HTTPError:
            return False
        return True

    def _write_run_file(self, pids: Mapping[str, int | None]) -> None:
        described = {"address": self._address, "pid": threading.main_thread().native_id, "programs": pids}
        planning.write_private(self._var / RUN_FILE, json.dumps(described, indent=2) + "\n")

    def _stop_programs(self) -> None:
        for keeper in self.keepers:
            keeper.ask_to_stop()
        deadline = time.monotonic() + GRACE_S
        for keeper in self.keepers:
            keeper.wait(deadline)

    def _tend_services(self) -> None:
        """Restart embedded services that died, and let the local chain make the blocks that finality needs."""
        chain = Anvil(planning.load_or_create(self._var))
        own_chain = not operations.is_given(Anvil)
        while not self.stopping.wait(SERVICES_TICK_S):
            try:
                died = operations.not_running(self._var)
                if died:
                    self._report(f"{', '.join(died)} died; starting again")
                    operations.up(self._var, died)
                if own_chain:
                    chain.tick()
            except (EmbeddedServiceError, NotAnswering) as error:
                self._report(str(error))


@contextmanager
def stopped_by_signals(supervisor: Supervisor) -> Iterator[None]:
    """SIGINT and SIGTERM ask the supervisor to stop."""
    previous = {
        one: signal.signal(one, lambda *_: supervisor.stopping.set()) for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for one, handler in previous.items():
            signal.signal(one, handler)
