"""An export worker as a program: waits for a line, builds until nothing waits, says `done` and waits again."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - Django has to be set up first, here and below

from curation.exporting import metadata  # noqa: E402, F401 - loads pyarrow, as a worker that has worked before has
from curation.services import export_shards, version_builds  # noqa: E402

if __name__ == "__main__":
    print("ready", flush=True)
    for _ in sys.stdin:
        while version_builds.build_next(clock=timezone.now) or export_shards.build_next(clock=timezone.now):
            pass
        print("done", flush=True)
