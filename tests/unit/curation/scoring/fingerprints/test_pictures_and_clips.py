"""Changed pictures and clips are recognised, others are not; whatever arrives, nothing breaks."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import changes
from benchmarks.quality_duplicates import clip, image
from curation.scoring.fingerprints import clips, kinds, laying, views
from curation.scoring.fingerprints.words import distances
from curation.scoring.seam import Fingerprint
from studio import compose, film_batch, still

FPS = 8


def scene(seed: int) -> np.ndarray:
    return still(compose(seed, subject="crate", place="street", color="red"), 1.0, width=320, height=240, samples=1)


@pytest.fixture(scope="module")
def pictures() -> list[np.ndarray]:
    """Four streets with a crate."""
    return [scene(seed) for seed in range(4)]


@pytest.fixture(scope="module")
def frames() -> np.ndarray:
    take = compose(11, subject="dog", action="walks", place="town square", move="truck_left", duration_s=3.0, fps=FPS)
    return film_batch([take], width=160, height=90, samples=1)[0].numpy()


def match(earlier: Fingerprint, later: Fingerprint) -> kinds.Match | None:
    opened = (kinds.opened(one.kind, one.data) for one in (earlier, later))
    return kinds.compare(earlier.kind, next(opened), later.kind, next(opened))


def is_candidate(stored: Fingerprint, asked: Fingerprint) -> bool:
    """Whether the index brings the stored one up when the other is looked for."""
    return any(
        (distances(words, stored.points[space]) <= kinds.RADII[space]).any()
        for space, words in asked.probes.items()
        if len(words) and len(stored.points.get(space, ()))
    )


@pytest.mark.parametrize("change", changes.PICTURES)
def test_a_changed_picture_is_recognised(pictures: list[np.ndarray], change: str) -> None:
    copies = [image(changes.PICTURES[change](picture)) for picture in pictures]
    originals = [image(picture) for picture in pictures]
    pairs = list(zip(originals, copies, strict=True))
    assert sum(bool(match(*pair)) and is_candidate(*pair) for pair in pairs) >= 3


def test_different_pictures_of_the_same_kind_are_no_copies(pictures: list[np.ndarray]) -> None:
    assert not [pair for pair in combinations(map(image, pictures), 2) if match(*pair)]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda pixels: pixels[:, ::-1], "mirrored"),
        (lambda pixels: np.rot90(pixels, -1), "turned 90"),
        (lambda pixels: np.rot90(pixels, 1), "turned 270"),
        (lambda pixels: np.rot90(pixels, 2), "turned 180"),
        (lambda pixels: changes.crop(pixels, 0.7, 0.5, 0.5), "crop"),
        (lambda pixels: changes.crop(pixels, 0.7, 0.5, 0.5)[:, ::-1], "mirrored, crop"),
        (lambda pixels: pixels, ""),
    ],
)
def test_what_was_done_to_a_picture_is_named(pictures: list[np.ndarray], change: object, named: str) -> None:
    found = match(image(pictures[0]), image(np.ascontiguousarray(change(pictures[0]))))  # type: ignore[operator]
    assert found is not None
    assert found.changes == named


def test_words_of_a_mirrored_feature_are_the_words_in_the_mirror(pictures: list[np.ndarray]) -> None:
    plain, mirrored = (views.view_of(changes.gray(pixels)) for pixels in (pictures[1], pictures[1][:, ::-1]))
    bits = distances(views.mirrored_words(plain.words), mirrored.words).min(axis=1)
    assert (bits <= laying.FEATURE_BITS).mean() > 0.6
    assert (views.mirrored_words(views.mirrored_words(plain.words)) == plain.words).all()


@pytest.mark.parametrize("change", changes.CLIPS)
def test_a_changed_clip_is_recognised(frames: np.ndarray, tmp_path: Path, change: str) -> None:
    original = clip(changes.encoded_clip(frames, FPS, tmp_path, crf=18), FPS, len(frames))
    path, fps, count = changes.CLIPS[change](frames, FPS, tmp_path)
    copy = clip(path, fps, count)
    assert is_candidate(original, copy)
    found = match(original, copy)
    assert found is not None
    words = {
        "mirrored": "mirrored",
        "trimmed to 60 %": "cut",
        "1.25 times as fast": "speed x 1.2",
        "crop 70 %": "crop",
    }
    assert words.get(change, "") in found.changes


def test_a_frame_of_a_clip_is_recognised_as_a_picture_and_the_other_way_round(
    frames: np.ndarray, tmp_path: Path, pictures: list[np.ndarray]
) -> None:
    reel = clip(changes.encoded_clip(frames, FPS, tmp_path, crf=23), FPS, len(frames))
    frame = image(frames[10])
    for earlier, later in ((reel, frame), (frame, reel)):
        found = match(earlier, later)
        assert found is not None
        assert found.changes.startswith("a frame")
        assert is_candidate(earlier, later)
    assert match(reel, image(pictures[0])) is None


def test_clips_of_different_scenes_are_no_copies(frames: np.ndarray, tmp_path: Path) -> None:
    take = compose(12, subject="dog", action="walks", place="town square", move="truck_left", duration_s=3.0, fps=FPS)
    others = film_batch([take], width=160, height=90, samples=1)[0].numpy()
    one, other = (clip(changes.encoded_clip(each, FPS, tmp_path, crf=18), FPS, len(each)) for each in (frames, others))
    assert match(one, other) is None


def test_a_long_clip_is_remembered_by_a_bounded_number_of_frames() -> None:
    watcher = clips.ReelWatcher({"num_frames": 24 * 3600, "fps_num": 24, "fps_den": 1})

    class Seen:
        """A frame as the decoder gives it."""

        def __init__(self, index: int, gray: np.ndarray) -> None:
            self.index, self.gray = index, gray
            self.bgr = np.repeat(gray[..., None], 3, axis=2)

    gray = np.random.default_rng(0).integers(0, 255, (90, 160), dtype=np.uint8)
    for index in range(0, 24 * 3600, 12):
        watcher.see(Seen(index, gray))  # type: ignore[arg-type]  # what it uses of a Glimpse
    assert len(watcher.found().hashes) <= clips.MAX_HASHES


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 90), st.integers(1, 400), st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_any_picture_gives_a_view_that_is_itself(height: int, width: int, kind: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pixels = [
        np.zeros((height, width), np.uint8),
        np.full((height, width), 255, np.uint8),
        rng.integers(0, 255, (height, width), dtype=np.uint8),
        np.tile(np.arange(width, dtype=np.uint8), (height, 1)),
    ][kind]
    view = views.view_of(pixels)
    kept = kinds.opened("image", kinds.image("reference_images.0", view).data)
    assert (kept.words == view.words).all()
    found = laying.compare_views(view, kept)
    assert found is None or found.similarity > 0.8


def test_pictures_without_anything_on_them_are_no_copies_of_each_other() -> None:
    flat = [views.view_of(np.full((200, 300), level, np.uint8)) for level in (0, 90, 255)]
    ramp = views.view_of(np.tile(np.arange(256, dtype=np.uint8), (200, 1)))
    assert not [pair for pair in combinations([*flat, ramp], 2) if laying.compare_views(*pair)]
