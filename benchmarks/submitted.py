"""Submissions with one real file each, waiting for scores: pictures of 1600 x 1200, recordings of a spoken line."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from curation.models import Asset, Campaign
from curation.probing import Facts, probe
from curation.scoring.clip_weights import ClipChoice, choose
from curation.services import submissions
from tests.factories import curation as make
from tests.factories import records
from tests.services import REPO

SPOKEN = REPO / "demo" / "assets" / "spoken_line.flac"
WIDTH, HEIGHT = 1600, 1200
RECORDED_HZ = 48_000
CAPTION = str(records.scene(5.0)["caption_short"])


def random_clip(folder: Path) -> ClipChoice:
    """A model folder of ViT-B/32 with random weights."""
    import open_clip
    import torch
    from open_clip.factory import get_model_config
    from safetensors.torch import save_file

    torch.manual_seed(0)
    model = open_clip.create_model("ViT-B-32", precision="fp32")
    save_file(
        {name: value.contiguous() for name, value in model.state_dict().items()}, folder / "open_clip_model.safetensors"
    )
    config = {"model_cfg": get_model_config("ViT-B-32"), "preprocess_cfg": {}}
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    return choose(str(folder), "", bundled=folder)


def with_image(campaign: Campaign, contributor: User, number: int) -> None:
    """A scene with one reference image."""
    data = picture(number)
    image = _asset(contributor, data, "image", "image/jpeg", facts={"width": WIDTH, "height": HEIGHT})
    _submit(campaign, contributor, reference_images=[{"asset": str(image.id), "role": "style", "subject": None}])


def with_recording(campaign: Campaign, contributor: User, number: int) -> None:
    """A scene with a recording of its sound."""
    stream = io.BytesIO()
    soundfile.write(stream, np.repeat(spoken(number), RECORDED_HZ // 16_000), RECORDED_HZ, format="FLAC")
    sound = _asset(contributor, stream.getvalue(), "audio", "audio/flac", facts=_sound_facts())
    described = records.sound(sound.id, 5.0) | {"events": []}
    _submit(campaign, contributor, audio=described)


@cache
def _blotches() -> Image.Image:
    noise = np.random.default_rng(0).integers(0, 255, (HEIGHT // 8, WIDTH // 8, 3)).astype(np.uint8)
    return Image.fromarray(noise).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def picture(number: int) -> bytes:
    """A JPEG of about the size and detail of a photograph, another one for each number."""
    rolled = np.roll(np.asarray(_blotches()), 5 * number + 1, axis=1)
    stream = io.BytesIO()
    Image.fromarray(rolled).save(stream, "JPEG", quality=90)
    return stream.getvalue()


@cache
def _line() -> np.ndarray:
    samples, rate = soundfile.read(SPOKEN, dtype="float32")
    assert rate == 16_000, "the committed line has this rate"
    return samples


def spoken(number: int) -> np.ndarray:
    """The line under a little noise, another one for each number, `[N]` float32 at 16 kHz."""
    noise = np.random.default_rng(number).normal(0, 1e-3, len(_line()))
    return (_line() + noise).astype(np.float32)


@cache
def _sound_facts() -> dict[str, Any]:
    found = probe(SPOKEN, name=SPOKEN.name, declared_type="audio/flac")
    assert isinstance(found, Facts)
    return {**found.details, "sample_rate_hz": RECORDED_HZ}


def _asset(owner: User, data: bytes, kind: str, content_type: str, *, facts: dict[str, Any]) -> Asset:
    row = make.asset(owner, data, kind=kind, content_type=content_type)
    row.facts = facts
    row.save(update_fields=["facts"])
    return row


def _submit(campaign: Campaign, contributor: User, **parts: Any) -> None:
    now = timezone.now()
    record = records.blueprint(**parts)
    draft = submissions.create_draft(campaign_id=campaign.id, contributor=contributor, record=record, now=now)
    submissions.submit(submission_id=draft.id, contributor=contributor, now=now)
