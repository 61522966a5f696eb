"""Starting the platform the way its operator does, and waiting until it answers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 240
STOP_WITHIN_S = 60


class PlatformFailed(Exception):
    """The platform did not start; its output says why."""


@contextmanager
def running(log: Path, address: str, inherited: Mapping[str, str] = os.environ) -> Iterator[subprocess.Popen[bytes]]:
    """The platform under its supervisor (`manage.py run`) at `address`, stopped at the end with its services.

    Raises:
        PlatformFailed: With the last lines of what it printed.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**inherited, "APP_URL": address, "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run"], cwd=REPO, stdout=out, stderr=out, env=environment
        )
    try:
        _wait_until_ready(process, log)
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise PlatformFailed(f"The platform stopped while starting:\n{log.read_text()[-2000:]}")
        if any(line.startswith("ready ") for line in log.read_text().splitlines()):
            return
        time.sleep(0.2)
    raise PlatformFailed(f"The platform was not ready after {READY_WITHIN_S} s:\n{log.read_text()[-2000:]}")


def create_person(email: str, password: str, roles: str) -> None:
    """An operator's command: a person who can sign in at once. Safe to repeat."""
    command = [sys.executable, "manage.py", "create_person", "--email", email, "--password", password, "--roles", roles]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    if done.returncode:
        raise PlatformFailed(done.stderr)


def chain_address() -> str:
    """JSON-RPC address of the chain, as the operator of this platform knows it."""
    if given := os.environ.get("CHAIN_RPC_URL"):
        return given
    planned = json.loads((Path(os.environ.get("OPENSLATE_VAR", REPO / "var")) / "services.json").read_text())
    return f"http://127.0.0.1:{planned['ports']['anvil']}"


def state_folder() -> Path:
    """Where the demonstration keeps what it films and fetches."""
    return Path(os.environ.get("OPENSLATE_VAR", REPO / "var")) / "demo"
