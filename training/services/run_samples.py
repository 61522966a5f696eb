"""Clips that a run made on its way, kept for looking at."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from common import storage
from common.leases import write_held
from training.models import Run, RunSample

FACTS = ("width", "height", "duration_s")


def store(run: Run, folder: Path, told: Mapping[str, Any], *, now: datetime) -> list[RunSample]:
    """Upload the clips of one step, then make their rows; the folder is removed.

    Args:
        told: The engine's `sampled` event.

    Raises:
        LeaseLost: Another worker has taken the run over; its samples count.
    """
    facts = {name: told[name] for name in FACTS}
    made = [
        RunSample(
            run=run,
            step=told["step"],
            index=one["index"],
            caption=one["caption"],
            facts=facts | {"seed": one["seed"]},
            created_at=now,
        )
        for one in told["samples"]
    ]
    for sample in made:
        storage.upload(folder / f"{sample.index}.mp4", sample.clip_key, "video/mp4")
        storage.upload(folder / f"{sample.index}.webp", sample.poster_key, "image/webp")
    with transaction.atomic():
        write_held(run, leased_until=run.leased_until)
        RunSample.objects.filter(run=run, step=told["step"]).delete()  # of an attempt before: the files are the same
        RunSample.objects.bulk_create(made)
    shutil.rmtree(folder)
    return made
