"""Accepted samples to be searched and looked at: some with pictures that move, or ten thousand with words alone.

The browser tests run this inside the installation that they look at.
"""

import io
import math
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from accounts.models import User
from common import storage
from curation.lifecycle import RenditionStatus, SubmissionStatus
from curation.models import Asset, Campaign, GateOutcome, Rendition, Revision, RevisionAsset, Submission
from curation.rendering import PROFILES
from curation.services import samples
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import valid_record

MOVEMENTS = ("dolly_in", "pan_left", "static", "truck_right")
WEATHERS = ("clear", "rain", "fog")
AT_ONCE = 500


def shown(count: int, title: str = "Rolling things") -> None:
    """So many accepted samples whose clips can be seen; each looks most like its neighbours in number."""
    campaign, author = make.campaign(title=title, coverage_targets={"movement=dolly_in": 20}), make.person()
    for number in range(count):
        row = make.submission(
            campaign, author, status=SubmissionStatus.ACCEPTED, overall=0.5 + 0.4 * number / count,
            **_parts(number),
        )  # fmt: skip
        assert row.current
        angle = number / count
        make.embedding(row.current, [math.cos(angle), math.sin(angle)])
        clip = RevisionAsset.objects.select_related("asset").get(revision=row.current, path="video.asset")
        _rendered(clip.asset, number)
    samples.index_all()


def many(count: int, title: str = "Words alone") -> None:
    """So many accepted samples without files."""
    campaign, author = make.campaign(title=title), make.person()
    numbers = iter(range(count))
    while batch := list(islice(numbers, AT_ONCE)):
        _insert(campaign, author, batch)
    samples.index_all()


def _parts(number: int) -> dict[str, Any]:
    record = valid_record()
    record["scene"]["caption_short"] = f"Take {number}: a red ball rolls across a wooden floor."
    record["scene"]["setting"] = {"weather": WEATHERS[number % len(WEATHERS)]}
    record["camera"]["declared"]["primitives"][0]["name"] = MOVEMENTS[number % len(MOVEMENTS)]
    return {"scene": record["scene"], "camera": record["camera"]}


def _insert(campaign: Campaign, author: User, numbers: list[int]) -> None:
    rows = Submission.objects.bulk_create(
        Submission(campaign=campaign, contributor=author, judgements_needed=1, created_at=make.NOW, updated_at=make.NOW)
        for _ in numbers
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            submission=row, number=1, record=valid_record(**_parts(number)), record_sha256="00" * 32,
            modalities=["scene", "camera"], caption=f"Take {number}",
            created_at=make.NOW,
        )
        for row, number in zip(rows, numbers, strict=True)
    )  # fmt: skip
    rules = make.ruleset()
    GateOutcome.objects.bulk_create(
        GateOutcome(
            revision=one, ruleset=rules, outcome="pass", overall=0.7, novelty=0.5, quality={}, judged_at=make.NOW
        )
        for one in revisions
    )
    for row, revision in zip(rows, revisions, strict=True):
        row.current, row.status = revision, SubmissionStatus.ACCEPTED
    Submission.objects.bulk_update(rows, ["current", "status"])


def _rendered(asset: Asset, seed: int) -> None:
    """What others see of the clip: a proxy that plays and a poster."""
    picture = io.BytesIO()
    Image.fromarray(media.picture(320, 200, seed=seed)).save(picture, "WEBP")
    with TemporaryDirectory() as folder:
        proxy = media.write_clip(Path(folder) / "proxy.mp4", size=(320, 200)).read_bytes()
    parts = {"proxy": (proxy, "video/mp4"), "poster": (picture.getvalue(), "image/webp")}
    files = [
        {"role": role, "name": role, "content_type": kind, "size": len(data), "details": {}}
        for role, (data, kind) in parts.items()
    ]
    made = Rendition.objects.create(
        sha256=asset.sha256, kind=asset.kind, profile=PROFILES[asset.kind].version, status=RenditionStatus.READY,
        files=files, created_at=make.NOW, ready_at=make.NOW,
    )  # fmt: skip
    for role, (data, _) in parts.items():
        storage.write(made.prefix + role, data)
