"""Seconds from a submitted revision of all modalities, with a 5-second 720p clip, to its gates, by a warm worker."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from benchmarks import filmed, submitted
from curation.models import Asset, Campaign
from curation.probing import Facts, probe
from curation.scoring.registry import MODEL_FREE, Settings, build_scorers
from curation.scoring.seam import Scorer
from curation.services import submissions
from curation.services.scoring_worker import score_waiting, scorers
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import valid_record

SECONDS, RATE_HZ = 5.0, 48_000
TYPES = {
    "image": ("image", "image/jpeg"),
    "audio": ("audio", "audio/flac"),
    "poses": ("camera_poses", "application/octet-stream"),
    "env_map": ("environment_map", "image/x-exr"),
    "clip": ("clip", "video/mp4"),
}


def seconds(campaign: Campaign, contributor: User, folder: Path) -> dict[str, float]:
    """With all scorers as configured, and with those that need no model; the second of two revisions each.

    By the clock, and in processor time of all threads, which other programs on the machine do not touch.
    """
    model_free = build_scorers(Settings(settings.WEIGHTS, settings.MODEL_CACHE), MODEL_FREE)
    found: dict[str, float] = {}
    for number, (name, using) in enumerate({"revision": scorers(), "model_free": model_free}.items()):
        for again in range(2):  # the first one loads the models
            _submit(campaign, contributor, folder, number=2 * number + again)
            start, before = time.perf_counter(), time.process_time()
            _score(using)
        found[f"{name}_s"] = time.perf_counter() - start
        found[f"{name}_processor_s"] = time.process_time() - before
    return found


def _score(using: Sequence[Scorer]) -> None:
    if score_waiting(using=using, clock=timezone.now) != 1:
        raise RuntimeError("The worker did not score the one revision that waits.")


def _submit(campaign: Campaign, contributor: User, folder: Path, *, number: int) -> None:
    assets = {name: _asset(contributor, path, name) for name, path in _files(folder, number).items()}
    record = valid_record(
        image_assets=[assets["image"].id],
        audio_asset=assets["audio"].id,
        poses_asset=assets["poses"].id,
        env_map_asset=assets["env_map"].id,
        clip_asset=assets["clip"].id,
        duration_s=SECONDS,
    )
    now = timezone.now()
    draft = submissions.create_draft(campaign_id=campaign.id, contributor=contributor, record=record, now=now)
    submissions.submit(submission_id=draft.id, contributor=contributor, now=now)


def _files(folder: Path, number: int) -> dict[str, Path]:
    image = folder / "image.jpg"
    image.write_bytes(submitted.picture(number))
    spoken = np.repeat(submitted.spoken(number), RATE_HZ // 16_000)[: int(SECONDS * RATE_HZ)]
    sky = np.full((512, 1024, 3), 0.2 + number / 100, np.float32)
    sky[128, 256] = 500.0
    return {
        "image": image,
        "audio": media.write_sound(folder / "audio.flac", spoken, rate=RATE_HZ),
        "poses": media.write_poses(folder / "poses.npy", media.poses(120, step_m=0.01 + number / 1000)),
        "env_map": media.write_map(folder / "sky.exr", sky),
        "clip": filmed.clip(folder / "clip.mp4", number=number),
    }


def _asset(owner: User, path: Path, name: str) -> Asset:
    kind, content_type = TYPES[name]
    row = make.asset(owner, path.read_bytes(), kind=kind, content_type=content_type)
    found = probe(path, name=path.name, declared_type=content_type)
    if not isinstance(found, Facts):
        raise RuntimeError(f"The benchmark's own {name} is refused: {found}")
    row.facts = found.details
    row.save(update_fields=["facts"])
    return row
