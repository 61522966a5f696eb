"""What a map says of its light, in few numbers: from its pixels, or from the facts that the probe kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curation.record.lighting.directions import Floats
from curation.record.lighting.dominant import Dominant, dominant_light
from curation.record.lighting.harmonics import project
from curation.record.lighting.maps import dynamic_range_stops, luminance_of, shrunk, solid_angles
from curation.record.lighting.whites import White, white_of


@dataclass(frozen=True, eq=False)
class MapLight:
    """Everything in the map's own axes.

    Attributes:
        range_stops: Between the brightest pixel and the dark ones; None for a black map.
        dominant: Where most light comes from; None where no direction stands out.
        white: Of the light that dominates, every pixel counting by its own luminance; None for black. The plain mean
            would give the sky's colour on a sunny day, where the temperature people state is the sun's.
        sh: `[9, 3]` radiance harmonics.
    """

    range_stops: float | None
    dominant: Dominant | None
    white: White | None
    sh: Floats

    def as_facts(self) -> dict[str, Any]:
        """JSON-able."""
        facts: dict[str, Any] = {
            "range_stops": self.range_stops,
            "sh": self.sh.tolist(),
            "dominant": None,
            "cct_k": None,
        }
        if found := self.dominant:
            told = {"direction": found.direction.tolist(), "share": found.share, "sharpness": found.sharpness}
            facts["dominant"] = told
        return facts | ({"cct_k": self.white.cct_k, "duv": self.white.duv} if self.white else {})

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "MapLight":
        told = facts["dominant"]
        return cls(
            range_stops=facts["range_stops"],
            dominant=Dominant(np.array(told["direction"]), told["share"], told["sharpness"]) if told else None,
            white=None if facts["cct_k"] is None else White(facts["cct_k"], facts["duv"]),
            sh=np.array(facts["sh"]),
        )


def measure_map(pixels: NDArray[np.floating], *, peak: float | None = None) -> MapLight:
    """The light of a map `[N, 2N, 3]`, finite and not negative.

    Args:
        peak: Largest luminance of an original pixel, where averaging hid it.
    """
    light = shrunk(pixels)
    luminance = luminance_of(light)
    weights = luminance * solid_angles(len(light))
    return MapLight(
        range_stops=dynamic_range_stops(luminance, peak=peak),
        dominant=dominant_light(light),
        white=white_of(np.einsum("hw,hwc->c", weights, light)),
        sh=project(light),
    )
