"""Whether memory stays flat: small pictures and sounds by the thousand through the scorers that hold models."""

from pathlib import Path

import numpy as np

from curation.scoring.loading import SampleSpec, load_all, needs_of
from curation.scoring.measuring import measure
from curation.scoring.registry import Settings, build_scorers
from curation.scoring.seam import Scorer
from tests.factories import media
from tests.factories.records import asset_id, valid_record

SCORERS = ("technical_image", "technical_audio", "scene_text", "unsafe", "clip")
BATCH = 20
WARM_UP_SHARE = 0.2  # of the items: allocators and models have what they need by then
DIFFERENT = 40


def growth_mb(items: int, folder: Path, settings: Settings) -> float:
    """Resident memory at the end less that after the warm-up, in units of 10^6 bytes."""
    scorers = build_scorers(settings, SCORERS)
    specs = [_spec(folder, number) for number in range(DIFFERENT)]
    after_warm_up = 0.0
    for start in range(0, items, BATCH):
        _score([specs[(start + place) % DIFFERENT] for place in range(BATCH)], scorers)
        if not after_warm_up and start >= WARM_UP_SHARE * items:
            after_warm_up = _resident_mb()
    return _resident_mb() - after_warm_up


def _score(specs: list[SampleSpec], scorers: list[Scorer]) -> None:
    samples = load_all(specs, needs_of(scorers))
    measured = measure(samples, scorers)  # type: ignore[arg-type]  # a sample that failed to load would fail here
    if failures := [one.failures for one in measured if one.failures]:
        raise RuntimeError(f"Scoring failed: {failures[0]}")


def _spec(folder: Path, number: int) -> SampleSpec:
    """A scene with a picture and a sound, another size for each number."""
    size = (96 + 8 * (number % 10), 64 + 8 * (number % 7))
    image = media.write_picture(folder / f"{number}.jpg", size=size, seed=number)
    noise = np.random.default_rng(number).normal(0, 0.1, 8_000 + 200 * number).astype(np.float32)
    sound = media.write_sound(folder / f"{number}.wav", noise, rate=16_000)
    record = valid_record(video=None, camera=None, lighting=None)
    record["provenance"]["generator"] = "openslate-studio"
    assets = {asset_id("image"): image, asset_id("audio"): sound}
    facts = {"sample_rate_hz": 16_000, "channels": 1, "duration_s": len(noise) / 16_000}
    return SampleSpec(str(number), record, assets, {asset_id("image"): {}, asset_id("audio"): facts})


def _resident_mb() -> float:
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024 / 1e6
