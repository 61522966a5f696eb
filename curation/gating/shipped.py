"""Calibrations that come with the platform: computed ones of bundled models, starting values of usual ones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from curation.gating.calibrated import Curve

FOLDER = Path(__file__).with_name("calibrations")


@dataclass(frozen=True)
class ShippedCalibration:
    """A curve with what is known of it; `gates` and `figures` as `calibrate` writes them, empty for starting values."""

    curve: Curve
    source: str
    created_at: datetime
    method: str
    gates: list[Any]
    figures: Mapping[str, Any]
    pairs: int
    right_pairs: int


@cache
def shipped() -> tuple[ShippedCalibration, ...]:
    """Every calibration in `calibrations/`, in the order of the files' names."""
    return tuple(one for path in sorted(FOLDER.glob("*.json")) for one in read(json.loads(path.read_text("utf-8"))))


def read(document: Mapping[str, Any]) -> list[ShippedCalibration]:
    """What a file that `manage.py calibrate --write` wrote says. Raises `CurveInvalid`."""
    return [
        ShippedCalibration(
            curve=Curve.from_json(one),
            source=document["source"],
            created_at=datetime.fromisoformat(document["created_at"]),
            method=one.get("method", "given"),
            gates=one.get("gates", []),
            figures=one.get("figures", {}),
            pairs=one.get("pairs", 0),
            right_pairs=one.get("right_pairs", 0),
        )
        for one in document["curves"]
    ]
