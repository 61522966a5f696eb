"""Films the shot on the web app's first page, and writes down what its record knows: picture, path, sound, light.

Run it again when the studio changes: `python -m docs.shot`. The words beside it are the web app's own.
"""

import json
from pathlib import Path

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from PIL import Image

import studio
from demo import words

FOLDER = Path(__file__).resolve().parent.parent / "frontend/src/app/shot"
SEED, DURATION_S, FPS = 0, 4.0, 8
SHOWN_AT_S = 2.0
SIZE, FILMED = (1024, 576), (256, 144)
BARS = 72


def main() -> None:
    """Write `shot.webp` and `shot.json`."""
    scene = studio.compose(
        SEED, duration_s=DURATION_S, fps=FPS, subject="robot", action="waves", color="orange", place="snowy field",
        time_of_day="sunset", weather="clear", move=["arc_left"],
    )  # fmt: skip
    take = studio.film(scene, width=FILMED[0], height=FILMED[1], samples=1)
    light = words.lighting(take, "light.exr")
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(studio.still(scene, SHOWN_AT_S, width=SIZE[0], height=SIZE[1]))
    picture.save(FOLDER / "shot.webp", quality=82, method=6)
    *path, subject = _plan(take.camera_to_world)
    shot = {
        "shownAt": SHOWN_AT_S / DURATION_S,
        "path": path,
        "subject": subject,
        "pathM": round(float(np.linalg.norm(np.diff(take.camera_to_world[:, :3, 3], axis=0), axis=1).sum()), 2),
        "focalMm": round(studio.camera(scene)["lens"]["focal_mm"]),
        "loudness": _bars(take.sound),
        "lufs": round(float(pyloudnorm.Meter(take.sample_rate_hz).integrated_loudness(take.sound.T)), 1),
        "cctK": round(light["cct_k"]),
        "sun": light["sun"],
    }
    (FOLDER / "shot.json").write_text(json.dumps(shot, ensure_ascii=False, indent=1) + "\n")


def _plan(poses: NDArray[np.float64]) -> list[list[float]]:
    """The camera's path from above and, last, the middle of the set: x and z in a square of 100."""
    seen = np.vstack([poses[:, [0, 2], 3], [[0, 0]]])
    low, reach = seen.min(axis=0), np.ptp(seen, axis=0).max()
    inside = (seen - low + (reach - np.ptp(seen, axis=0)) / 2) / reach * 100
    return [[round(float(x), 1), round(float(z), 1)] for x, z in inside]


def _bars(sound: NDArray[np.float32]) -> list[float]:
    """The sound's peaks, 0 to 1, one for each bar."""
    peaks = np.array([np.abs(part).max() for part in np.array_split(sound.mean(axis=0), BARS)])
    return [round(float(peak), 3) for peak in peaks / peaks.max()]


if __name__ == "__main__":
    main()
