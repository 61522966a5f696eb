"""The record's `scene` fields of a scene."""

from __future__ import annotations

from typing import Any

from studio.captions import caption
from studio.narration import narrate, shot_angle, shot_size
from studio.specs import Scene


def describe(scene: Scene) -> dict[str, Any]:
    """The record's `scene` fields."""
    setting, sky, plan = scene.setting, scene.sky, scene.camera
    return {
        "caption_short": caption(scene),
        "caption_long": narrate(scene),
        "language": "en",
        "subjects": [s.name for s in scene.subjects],
        "actions": [
            {
                "subject": s.name,
                "verb": s.motion.verb,
                "start_s": s.motion.start_s,
                "end_s": min(s.motion.end_s, scene.duration_s),
            }
            for s in scene.subjects
        ],
        "setting": {
            "place": setting.place,
            "interior": setting.interior,
            "time_of_day": sky.time_of_day,
            "weather": None if setting.interior else sky.weather,
        },
        "shot": {
            "size": shot_size(scene),
            "angle": shot_angle(scene),
            "framing": {1: "single", 2: "two-shot", 3: "group"}[len(scene.subjects)],
            "lens": "wide" if plan.fov_y_deg > 52 else "normal" if plan.fov_y_deg > 36 else "long",
            "composition": ["centered"],
        },
        "style": [scene.style, "computer-generated"],
        "text_on_screen": [],
    }
