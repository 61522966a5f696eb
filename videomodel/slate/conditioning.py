"""The conditions of one shot as the numbers slate-nano reads, each of a size fixed by the shape of the clip."""

from __future__ import annotations

import torch
from torch import Tensor

from videomodel.conditions import ROLES, Camera, Conditions, Light, Shape, SoundEvent
from videomodel.light import FEATURES, light_features
from videomodel.rays import pluecker_rays, relative_to_first
from videomodel.slate.codec import AUDIO_FPS
from videomodel.slate.grid import frame_groups
from videomodel.slate.transformer import GIVEN
from videomodel.text import hash_words, word_bucket

CAPTION_WORDS = 64
STYLE_WORDS = 12
DROP_ALL = 0.1
DROP = {"text": 0.1, "reference": 0.3, "camera": 0.2, "light": 0.2, "audio_style": 0.2, "events": 0.5}


def embed_texts(conditions: Conditions, buckets: int) -> dict[str, Tensor]:
    """`words` and `style_words`, hashed."""
    return {
        "words": hash_words(conditions.caption or "", buckets=buckets, length=CAPTION_WORDS),
        "style_words": hash_words(conditions.audio_style or "", buckets=buckets, length=STYLE_WORDS),
    }


def embed_camera(camera: Camera | None, shape: Shape, token_px: int) -> Tensor:
    """`[24, T, H / token_px, W / token_px]`: the rays of the four frames under each video token."""
    rows, columns = shape.height // token_px, shape.width // token_px
    groups = frame_groups(shape.frames)
    if camera is None:
        return torch.zeros(6 * groups.shape[1], len(groups), rows, columns)
    poses = relative_to_first(camera.camera_to_world)
    rays = torch.from_numpy(pluecker_rays(poses, camera.intrinsics, height=rows, width=columns))
    return rays[groups].permute(1, 4, 0, 2, 3).flatten(0, 1)


def embed_light(light: Light | None, camera: Camera | None) -> Tensor:
    """`[32]` light as the first camera sees it."""
    if light is None:
        return torch.zeros(FEATURES)
    first = None if camera is None else camera.camera_to_world[0]
    return torch.from_numpy(light_features(light.sh, first, light.sun))


def embed_events(events: tuple[SoundEvent, ...] | None, latents: int, buckets: int) -> dict[str, Tensor]:
    """`events` `[3, Ta]` and `event_words` `[Ta]`.

    Rows of `events`: a triangle two tokens wide around each onset (so that the place between two tokens is told),
    1 while something sounds, and a decay of 0.2 s since the latest onset.
    """
    rows, names = torch.zeros(3, latents), torch.zeros(latents, dtype=torch.long)
    middles = (torch.arange(latents) + 0.5) / AUDIO_FPS
    for event in sorted(events or (), key=lambda event: event.onset_s):
        since = middles - event.onset_s
        rows[0] = torch.maximum(rows[0], (1 - since.abs() * AUDIO_FPS).clamp(min=0))
        begun = since > -0.5 / AUDIO_FPS
        sounding = begun & (middles <= event.offset_s + 0.5 / AUDIO_FPS)
        rows[1][sounding] = 1.0
        rows[2][begun] = torch.exp(-since[begun].clamp(min=0) / 0.2)
        names[sounding] = word_bucket(event.name, buckets)
    return {"events": rows, "event_words": names}


def embed_given(conditions: Conditions) -> Tensor:
    """`[6]` float: 1 where a condition of `GIVEN` is given."""
    given = {
        "text": bool(conditions.caption),
        "reference": bool(conditions.stills),
        "camera": conditions.camera is not None,
        "light": conditions.light is not None,
        "audio_style": bool(conditions.audio_style),
        "events": conditions.events is not None,
    }
    return torch.tensor([float(given[name]) for name in GIVEN])


def role_number(role: str) -> int:
    """Place of a role in `ROLES`."""
    return ROLES.index(role)


def drop_at_random(given: Tensor, generator: torch.Generator) -> Tensor:
    """`[B, 6]` with conditions forgotten one by one at the rates of `DROP`, and all together at `DROP_ALL`."""
    rates = torch.tensor([DROP[name] for name in GIVEN])
    kept = torch.rand(given.shape, generator=generator) >= rates
    kept &= torch.rand(len(given), 1, generator=generator) >= DROP_ALL
    return given * kept.to(given)
