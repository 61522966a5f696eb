"""Text laid over clips, read by the real model from real files."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from curation.probing.child import inspect
from curation.probing.facts import Limits
from curation.scoring.loading import SampleSpec, load
from curation.scoring.seam import Measurement
from curation.scoring.text_model import Text, TextModel
from curation.scoring.text_scorer import OverlayTextScorer, TextFrames, covered, undeclared
from tests.factories import media
from tests.factories.records import asset_id

SIZE = (320, 192)


@pytest.fixture(scope="module")
def scorer() -> OverlayTextScorer:
    return OverlayTextScorer(TextModel(device="cpu"))


def measured(scorer: OverlayTextScorer, path: Path, *declared: str) -> dict[str, Measurement]:
    asset = asset_id("clip")
    facts = inspect(path, name=path.name, declared_type="", limits=Limits()).details
    record = {"video": {"asset": asset}, "scene": {"text_on_screen": list(declared)}}
    [found] = scorer.score([load(SampleSpec("c", record, {asset: path}, {asset: facts}), scorer.needs)])
    return {item.metric: item for item in found if isinstance(item, Measurement)}


def written(image: np.ndarray, words: str, place: tuple[int, int], scale: float = 0.7) -> np.ndarray:
    return cv2.putText(image.copy(), words, place, cv2.FONT_HERSHEY_SIMPLEX, scale, (255, 255, 255), 2, cv2.LINE_AA)


def clip(path: Path, frame: Any, count: int = 14) -> Path:
    frames = [frame(index) for index in range(count)]
    return media.write_clip(path, seconds=count / 12, fps=12, size=SIZE, frames=frames, with_sound=False)


def background(index: int) -> np.ndarray:
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    return np.stack([(x + 3 * index) % 120, y // 2, (x + y + index) % 90], -1).astype(np.uint8)


def test_a_subtitle_is_read_and_its_area_measured_unless_it_is_declared(
    scorer: OverlayTextScorer, tmp_path: Path
) -> None:
    path = clip(tmp_path / "c.mp4", lambda i: written(background(i), "follow my channel", (40, 170)))
    found = measured(scorer, path)
    assert found["clip.overlay_text"].value == 1
    assert "follow my channel" in " ".join(found["clip.overlay_text"].detail["words"]).lower()
    assert 0.03 < found["clip.overlay_text_share"].value < 0.2
    lifted = measured(scorer, path, "Follow my Channel!")
    assert (lifted["clip.overlay_text"].value, lifted["clip.overlay_text_share"].value) == (0, 0)


def test_no_text_and_text_that_moves_with_the_scene_are_no_overlay(scorer: OverlayTextScorer, tmp_path: Path) -> None:
    plain = measured(scorer, clip(tmp_path / "a.mp4", background))
    assert (plain["clip.overlay_text"].value, plain["clip.overlay_text_share"].value) == (0, 0)
    passing = clip(tmp_path / "b.mp4", lambda i: written(background(i), "EXIT", (10 + 7 * i, 90)))
    assert measured(scorer, passing)["clip.overlay_text"].value == 0


def test_a_frame_full_of_text_exceeds_what_is_taken(scorer: OverlayTextScorer, tmp_path: Path) -> None:
    def page(index: int) -> np.ndarray:
        image = background(index)
        for line in range(4):
            image = written(image, "BUY NOW TODAY", (10, 45 + 44 * line), 1.2)
        return image

    assert measured(scorer, clip(tmp_path / "c.mp4", page))["clip.overlay_text_share"].value > 0.3


def test_frames_are_kept_small_and_few_whatever_the_length() -> None:
    for frames in (1, 2, 11, 48, 14_400):
        watcher = TextFrames({"fps_num": 24, "fps_den": 1, "num_frames": frames})
        assert 1 <= len(watcher._wanted) <= 8
        assert max(watcher._wanted) < frames


def box(words: str) -> Text:
    return Text(np.array([[0, 0], [50, 0], [50, 20], [0, 20]], np.float32), words, 0.9)


def test_declared_phrases_lift_their_own_lines_alone() -> None:
    found = [box("OPEN 24 H0URS"), box("www.example.com")]
    assert undeclared(found, ["Open 24 hours"]) == [found[1]]
    assert undeclared(found, ["Open 24 hours", "Example.com"]) == []
    assert undeclared(found, ["Open 24 hours", "Closed on Sundays"]) == []  # unread: either line may be it
    assert undeclared(found, ["\u062a\u0627\u0628\u0639"]) == []  # a script that is not read
    assert undeclared(found, []) == found


def test_overlapping_boxes_are_counted_once() -> None:
    whole = np.array([[0, 0], [99, 0], [99, 49], [0, 49]], np.float32)
    assert covered([whole, whole], 100, 100) == pytest.approx(0.5, abs=0.01)
    assert covered([], 100, 100) == 0


def test_the_same_picture_is_read_the_same(scorer: OverlayTextScorer) -> None:
    image = written(background(0), "follow my channel", (40, 170))
    [first], [second] = scorer.model.read(image), scorer.model.read(image)
    assert (first.words, first.confidence) == (second.words, pytest.approx(second.confidence, abs=1e-6))
    assert np.array_equal(first.corners, second.corners)


@pytest.mark.gpu
def test_reading_is_the_same_on_both_devices() -> None:
    image = written(np.repeat(np.repeat(background(0), 2, 0), 2, 1), "follow my channel", (80, 340), 1.4)
    [ours], [theirs] = TextModel(device="cpu").read(image), TextModel(device="cuda").read(image)
    assert ours.words == theirs.words
    assert ours.confidence == pytest.approx(theirs.confidence, abs=1e-3)
