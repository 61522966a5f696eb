"""How well pictures and clips are measured: technical measures against growing damage, and the nano CLIP's figures.

technical_spearman()    {metric: rank correlation of damage and measure, the worst over all scenes}
clip_figures()          {clip_auc, clip_hard_negative_auc, and the latter by attribute}
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageFilter
from scipy.stats import spearmanr

import studio
from curation.probing import Facts, probe
from curation.scoring.decoding import picture
from curation.scoring.loading import SampleSpec, load
from curation.scoring.measuring import measure
from curation.scoring.seam import Sample
from curation.scoring.technical_clip import TechnicalClipScorer
from curation.scoring.technical_image import TechnicalImageScorer
from curation.scoring.text_model import TextModel
from curation.scoring.text_scorer import covered
from pretraining import clip_data, clip_model
from pretraining import clip_figures as figures
from tests.factories import media
from tests.factories.records import asset_id

SCENES = range(10_000_800, 10_000_803)
IMAGE_SIZE = (640, 512)
CLIP_SIZE, CLIP_FPS, CLIP_FRAMES = (192, 112), 12, 36
FIGURES_SEED = clip_data.HELD_OUT_SEED + 20_000  # neither the card's scenes nor the tests'
NANO_CLIP = Path(__file__).parents[1] / "weights" / "nano-clip"

Frame = np.ndarray


@dataclass(frozen=True)
class Sweep:
    """One kind of damage in growing steps, and which way which metrics must move.

    Attributes:
        damage: Of the undamaged picture or frames at a step's strength; strength 0 leaves it as it is.
        strengths: Growing.
        moves: Metric -> +1 where it must rise, -1 where it must fall.
        quality: JPEG quality of a strength, where the file does the damage.
    """

    damage: Callable[[Any, float], Any]
    strengths: Sequence[float]
    moves: dict[str, int]
    quality: Callable[[float], int] | None = None


def _float(image: Frame, change: Callable[[np.ndarray], np.ndarray]) -> Frame:
    return change(image.astype(np.float32)).clip(0, 255).astype(np.uint8)


def _blurred(image: Frame, radius: float) -> Frame:
    return np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(radius)))


def _noisy(image: Frame, sigma: float) -> Frame:
    grain = np.random.default_rng(0).normal(size=image.shape).astype(np.float32)
    return _float(image, lambda x: x + sigma * grain)


def _exposed(image: Frame, stops: float) -> Frame:
    return _float(image, lambda x: x * 2**stops)


def _gray(image: Frame, share: float) -> Frame:
    return _float(image, lambda x: x + share * (x.mean(axis=-1, keepdims=True) - x))


def _flat(image: Frame, share: float) -> Frame:
    return _float(image, lambda x: x + share * (x.mean() - x))


def _posterised(image: Frame, bits: float) -> Frame:
    step = 2 ** int(bits)
    return (image // step * step).astype(np.uint8)


IMAGE_SWEEPS = (
    Sweep(_blurred, (0, 0.5, 1, 2, 3, 5, 8), {"image.sharpness": -1}),
    Sweep(_noisy, (0, 2, 5, 10, 15, 20, 30), {"image.noise_sigma": 1}),
    Sweep(lambda image, stops: _exposed(image, -stops), (0, 0.5, 1, 1.5, 2, 3, 4),
          {"image.brightness_p99": -1, "image.luminance_mean": -1}),
    Sweep(_exposed, (0, 0.4, 0.8, 1.2, 1.6, 2, 2.5), {"image.brightness_p5": 1, "image.clipped_share": 1}),
    Sweep(lambda image, _: image, (5, 10, 20, 35, 50, 70, 85), {"image.jpeg_step": 1}, lambda loss: 100 - int(loss)),
    Sweep(_posterised, (0, 2, 3, 4, 5, 6, 7), {"image.entropy_bits": -1}),
    Sweep(_gray, (0, 0.2, 0.4, 0.6, 0.8, 0.9, 1), {"image.colour_spread": -1}),
    Sweep(_flat, (0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95), {"image.contrast_rms": -1}),
)  # fmt: skip


def _frozen(frames: list[Frame], share: float) -> list[Frame]:
    kept = round((1 - share) * len(frames))
    return frames[:kept] + [frames[max(kept - 1, 0)]] * (len(frames) - kept)


def _darker(frames: list[Frame], stops: float) -> list[Frame]:
    return [_exposed(frame, -stops) for frame in frames]


def _cut(frames: list[Frame], cuts: float) -> list[Frame]:
    """Every second stretch is inverted, which is another shot to any eye."""
    length = len(frames) // (int(cuts) + 1)
    return [255 - frame if (index // length) % 2 else frame for index, frame in enumerate(frames)]


def _drifting(frames: list[Frame], widths_per_s: float) -> list[Frame]:
    """The first frame, enlarged, with a window that slides over it."""
    height, width = frames[0].shape[:2]
    large = cv2.resize(frames[0], (2 * width, height), interpolation=cv2.INTER_CUBIC)
    shifts = [np.float32([[1, 0, -widths_per_s * width * index / CLIP_FPS], [0, 1, 0]]) for index in range(len(frames))]
    return [cv2.warpAffine(large, shift, (width, height)) for shift in shifts]


CLIP_SWEEPS = (
    Sweep(_frozen, (0, 0.2, 0.4, 0.6, 0.8, 1), {"clip.frozen_share": 1}),
    Sweep(_darker, (0, 0.5, 1, 2, 3, 4), {"clip.luminance_mean": -1}),
    Sweep(_cut, (0, 1), {"clip.shots": 1}),
    Sweep(_drifting, (0, 0.02, 0.05, 0.1, 0.2, 0.3),
          {"clip.motion": 1, "clip.global_motion": 1, "clip.static_drift": 1, "clip.declared_move_speed": 1}),
)  # fmt: skip


def technical_spearman() -> dict[str, float]:
    """For every metric of the sweeps the rank correlation with its damage, 1 at best; the worst of all scenes."""
    found: dict[str, list[float]] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        for seed in SCENES:
            still = _stills(seed, 1, IMAGE_SIZE)[0]
            frames = _stills(seed, CLIP_FRAMES, CLIP_SIZE)
            for sweep in IMAGE_SWEEPS:
                _judge(sweep, [_image_values(still, sweep, strength, folder) for strength in sweep.strengths], found)
            for sweep in CLIP_SWEEPS:
                _judge(sweep, [_clip_values(sweep.damage(frames, x), folder) for x in sweep.strengths], found)
    worst = {metric: min(values) for metric, values in found.items()}
    return {**worst, "clip.overlay_text_share": _text_spearman()}


def clip_figures(scenes: int = 300) -> dict[str, float]:
    """AUC of true captions against those of other scenes, and against their own with one attribute changed."""
    model, tokenizer = clip_model.load(NANO_CLIP)
    measured: dict[str, Any] = figures.measure(model, tokenizer, range(FIGURES_SEED, FIGURES_SEED + scenes))
    hard: dict[str, float] = measured["auc_hard"]
    by_attribute = {f"clip_{attribute}_auc": value for attribute, value in hard.items()}
    return {
        "clip_auc": measured["auc_mismatched"],
        "clip_hard_negative_auc": round(sum(hard.values()) / len(hard), 4),
        **by_attribute,
    }


def _stills(seed: int, count: int, size: tuple[int, int]) -> list[Frame]:
    scene = studio.compose(seed, move="static", steadiness="static")
    times = [list(np.linspace(0, scene.duration_s, count + 2)[1:-1])]
    return list(studio.film_batch([scene], width=size[0], height=size[1], times_s=times, samples=1)[0].numpy())


def _judge(sweep: Sweep, values: Sequence[dict[str, float]], found: dict[str, list[float]]) -> None:
    for metric, sign in sweep.moves.items():
        found.setdefault(metric, []).append(_spearman(sweep.strengths, [sign * one[metric] for one in values]))


def _spearman(strengths: Sequence[float], values: Sequence[float]) -> float:
    """Rank correlation; 0 for values that do not move at all."""
    return float(spearmanr(strengths, values).statistic) if np.ptp(values) > 0 else 0.0


def _image_values(still: Frame, sweep: Sweep, strength: float, folder: Path) -> dict[str, float]:
    image = Image.fromarray(sweep.damage(still, strength))
    path = folder / ("image.jpg" if sweep.quality else "image.png")
    image.save(path, **({"quality": sweep.quality(strength)} if sweep.quality else {}))
    needs = TechnicalImageScorer.needs
    seen = picture(path, "reference_images.0", short_side=0, with_gray=True, sizes=needs.picture_sizes)
    [measured] = measure([Sample("s", {}, pictures=(seen,))], [TechnicalImageScorer()])
    return {item.metric: item.value for item in measured.measurements if item.value is not None}


def _clip_values(frames: list[Frame], folder: Path) -> dict[str, float]:
    """Of a clip whose camera is declared to stand in its first half and to move in its second."""
    seconds = len(frames) / CLIP_FPS
    path = media.write_clip(
        folder / "clip.mp4", seconds=seconds, fps=CLIP_FPS, size=CLIP_SIZE, frames=frames, with_sound=False
    )
    facts = probe(path, name=path.name, declared_type="video/mp4")
    assert isinstance(facts, Facts)
    halves = [("static", 0.0, seconds / 2), ("truck_left", seconds / 2, seconds)]
    primitives = [{"name": name, "start_s": start, "end_s": end} for name, start, end in halves]
    asset, scorer = asset_id("clip"), TechnicalClipScorer()
    record = {"video": {"asset": asset}, "camera": {"declared": {"primitives": primitives}}}
    [measured] = measure([load(SampleSpec("s", record, {asset: path}, {asset: facts.details}), scorer.needs)], [scorer])
    return {item.metric: item.value for item in measured.measurements if item.value is not None}


def _text_spearman() -> float:
    """Share of the frame that is found to be text, for more and more lines of it."""
    model, shares = TextModel(device="cpu"), []
    lines = range(7)
    for count in lines:
        frame = np.full((320, 568, 3), (70, 90, 60), np.uint8)
        for line in range(count):
            place = (60, 40 + 45 * line)
            cv2.putText(frame, "a line of subtitles", place, cv2.FONT_HERSHEY_SIMPLEX, 1, (255,) * 3, 2, cv2.LINE_AA)
        shares.append(covered([text.corners for text in model.read(frame)], 568, 320))
    return _spearman(list(lines), shares)
