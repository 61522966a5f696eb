"""Processes that stop in the middle of something, for ever: whoever started them kills them there.

`stop_at` is called by the process itself; `killed_at` starts one and kills it where it has stopped.
"""

import functools
import importlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.db import connection, connections

REPO = Path(__file__).resolve().parents[3]
STOPPED, DONE = "stopped", "done"
# What is called -> before or after its so many-th call.
Step = tuple[str, str, int]


def stop_at(where: str, when: str, count: str) -> None:
    """Stop this process `before` or `after` the so many-th call of `module:function` or `module:Class.method`."""
    module, path = where.split(":")
    *owners, name = path.split(".")
    owner: Any = functools.reduce(getattr, owners, importlib.import_module(module))
    inner, calls = getattr(owner, name), iter(range(1, 10_000))

    @functools.wraps(inner)
    def stopping(*arguments: Any, **named: Any) -> Any:
        now = next(calls) == int(count)
        if now and when == "before":
            _stop()
        answer = inner(*arguments, **named)
        if now and when == "after":
            _stop()
        return answer

    setattr(owner, name, stopping)


def killed_at(step: Step, program: str, *arguments: str, environment: dict[str, str]) -> str:
    """`stopped`, if the program came to the step and was killed there; else what it said last.

    The program calls `stop_at(*sys.argv[-3:])` and prints `done` at its end.
    """
    command = [sys.executable, "-c", program, *arguments, *map(str, step)]
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    connections.close_all()
    with subprocess.Popen(command, cwd=REPO, env=settings, stdout=subprocess.PIPE) as child:
        told = _first_word(child)
        child.kill()
    _until_its_session_has_ended()
    return told


def _until_its_session_has_ended() -> None:
    """PostgreSQL learns of the death when it next reads from the connection; until then its locks stand."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"{others} AND backend_type = 'client backend'")
            if cursor.fetchone() == (0,):
                return
            assert time.monotonic() < deadline, "the killed process's session goes on"
            time.sleep(0.02)  # nothing would wake us


def _stop() -> None:
    print(STOPPED, flush=True)
    signal.pause()


def _first_word(child: "subprocess.Popen[bytes]") -> str:
    """Logs may come before it."""
    assert child.stdout
    words = (line.strip().decode() for line in child.stdout)
    return next((word for word in words if word in (STOPPED, DONE)), "ended")
