"""Valid records of all five modalities, to be bent by the test that needs them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

NAMESPACE = UUID("7f1a3c5e-0000-4000-8000-000000000000")

AssetIds = UUID | str


def asset_id(name: str) -> str:
    """The same id for the same name, always."""
    return str(uuid5(NAMESPACE, name))


def valid_record(
    *,
    image_assets: Sequence[AssetIds] | None = None,
    audio_asset: AssetIds | None = None,
    poses_asset: AssetIds | None = None,
    env_map_asset: AssetIds | None = None,
    clip_asset: AssetIds | None = None,
    duration_s: float = 5.0,
    fps: int = 24,
    **overrides: Any,
) -> dict[str, Any]:
    """A record that `parse_record` takes: scene, reference images, audio, camera, lighting and a clip.

    Args:
        image_assets: Reference images, the first one of the ball; one fixed id when left out.
        audio_asset: The sound; a fixed id when left out, likewise the next three.
        poses_asset: The camera path.
        env_map_asset: The environment map.
        clip_asset: The clip.
        duration_s: Length of the timeline; actions, events and movements fill it.
        fps: Whole frames per second.
        **overrides: Whole top-level parts to put in place of the defaults: `audio=None`, `camera={...}`.
    """
    frames = round(duration_s * fps)
    record = {
        "schema_version": "scene-sample/1.0",
        "timeline": {"duration_s": duration_s, "fps": [fps, 1], "num_frames": frames},
        "scene": scene(duration_s),
        "reference_images": [
            {"asset": str(image), "role": "subject" if i == 0 else "style", "subject": "ball" if i == 0 else None}
            for i, image in enumerate(image_assets or [asset_id("image")])
        ],
        "audio": sound(audio_asset or asset_id("audio"), duration_s),
        "camera": camera(poses_asset or asset_id("poses"), frames, duration_s),
        "lighting": lighting(env_map_asset or asset_id("env_map")),
        "video": {"asset": str(clip_asset or asset_id("clip")), "synthetic": True},
        "rights": {
            "license": "CC-BY-4.0",
            "holder": "The contributor",
            "basis": "own_work",
            "training_mining": {"cawg.ai_generative_training": {"use": "allowed"}},
            "consent_version": "2026-01",
        },
        "provenance": {"created_at": "2026-01-31T12:00:00Z", "client": "tests", "ai_generated": "none"},
    }
    return {**record, **overrides}


def blueprint(**overrides: Any) -> dict[str, Any]:
    """The least a record may be: a scene and lighting in words, no files."""
    words_only = {
        "reference_images": None,
        "audio": None,
        "camera": None,
        "lighting": {"static": True, "tags": {"key_direction": "left", "quality": "hard"}, "source": "authored"},
        "video": None,
    }
    return {**valid_record(), **words_only, **overrides}


def scene(duration_s: float) -> dict[str, Any]:
    return {
        "caption_short": "A red ball rolls across a wooden floor and stops beside a blue cube.",
        "language": "en",
        "subjects": [
            {"id": "ball", "name": "red ball", "kind": "object", "description": "smooth rubber, the size of a fist"},
            {"id": "cube", "name": "blue cube", "kind": "object"},
        ],
        "actions": [{"subject": "ball", "verb": "rolls to the right", "start_s": 0.0, "end_s": duration_s * 0.8}],
        "setting": {"place": "an empty room", "interior": True, "time_of_day": "afternoon", "weather": "none"},
        "shot": {"size": "wide", "angle": "eye_level", "framing": "two_shot", "composition": ["rule_of_thirds"]},
        "style": ["plain"],
    }


def sound(asset: AssetIds, duration_s: float) -> dict[str, Any]:
    return {
        "asset": str(asset),
        "style_caption": "A close, dry rolling sound in a small quiet room.",
        "labels": [{"mid": "/m/07s8j8t", "name": "Roll"}],
        "events": [
            {
                "onset_s": duration_s * 0.8,
                "offset_s": duration_s * 0.84,
                "mid": "/m/07qnq_y",
                "name": "Thump, thud",
                "source": "on_screen",
                "subject": "ball",
            }
        ],
        "music": {"present": False},
    }


def camera(poses: AssetIds, frames: int, duration_s: float) -> dict[str, Any]:
    return {
        "intrinsics": {"width": 1280, "height": 720, "fx": 0.9, "fy": 1.6, "cx": 0.5, "cy": 0.5},
        "lens": {"focal_mm": 32.4, "sensor_width_mm": 36.0, "f_number": 4.0},
        "poses": {"asset": str(poses), "count": frames},
        "declared": {
            "primitives": [{"name": "dolly_in", "start_s": 0.0, "end_s": duration_s, "speed": "slow"}],
            "steadiness": "no_shaking",
            "reference_frame": "camera",
        },
        "source": "engine",
        "up": "declared",
        "scene_depth_m": 4.0,
    }


def lighting(env_map: AssetIds) -> dict[str, Any]:
    return {
        "static": True,
        "tags": {"key_direction": "front_left", "quality": "hard", "key_ratio": "balanced", "type": ["daylight"]},
        "cct_k": 5600.0,
        "duv": 0.001,
        "sun": {"azimuth_deg": 220.0, "elevation_deg": 35.0},
        "env_map": {"asset": str(env_map)},
        "lights": [
            {"role": "key", "type": "directional", "direction": [0.5, -0.6, -0.6], "intensity": 60000.0, "unit": "lx"}
        ],
        "source": "engine",
    }
