"""Runs an engine module and stops it when the process that started it is gone (see `common.jobs`)."""

import os
import runpy
import signal
import sys
import threading


def _stop_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    module, *arguments = sys.argv[1:]
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
