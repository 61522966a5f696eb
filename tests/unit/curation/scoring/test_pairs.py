"""Pairs are scored by the scorer itself; a data set of them is read line by line, or refused by line."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curation.scoring import reliability_diagram
from curation.scoring.calibration import calibrate
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import CLIP_TEXT, IMAGE_TEXT, SAME_SCENE, ClipScorer
from curation.scoring.clip_weights import STUDIO, choose
from curation.scoring.measuring import measure
from curation.scoring.pairs import Pair, PairsInvalid, ScoredPairs, read_pairs, score_pairs
from curation.scoring.seam import Clip, Sample
from tests.factories import media
from tests.factories.records import valid_record


@pytest.fixture(scope="module")
def scorer(tiny_clip: Path) -> ClipScorer:
    return ClipScorer(ClipModel(choose(str(tiny_clip), "", bundled=Path("absent")), device="cpu"))


def pictures(count: int, seed: int = 0) -> tuple[np.ndarray, ...]:
    return tuple(media.picture(48, 32, seed=seed + n) for n in range(count))


def test_pair_is_scored_as_a_record_would_be(scorer: ClipScorer) -> None:
    frames = pictures(4)
    record = valid_record()
    [measured] = measure([Sample("s", record, clip=Clip({}, frames))], [scorer])
    [expected] = [item.value for item in measured.measurements if item.metric == CLIP_TEXT]
    pair = Pair(frames, True, "g", text=record["scene"]["caption_short"])
    assert score_pairs([pair], scorer)[CLIP_TEXT].scores == [pytest.approx(expected, abs=1e-6)]


def test_every_kind_of_pair_has_its_metric_and_keeps_its_label(scorer: ClipScorer) -> None:
    first, second = pictures(2)
    pairs = [
        Pair(pictures(4), True, "a", text="a red ball"),
        Pair(pictures(4), False, "a", text="a dog", kind="subject"),
        Pair((first,), True, "b", text="a red ball"),
        Pair(pictures(4), True, "b", against=second),
        Pair((first,), False, "c", against=second, kind="other scene"),
    ]
    found = score_pairs(pairs, scorer)
    assert {metric: (one.right, one.groups, one.kinds) for metric, one in found.items()} == {
        CLIP_TEXT: ([True, False], ["a", "a"], ["", "subject"]),
        IMAGE_TEXT: ([True], ["b"], [""]),
        SAME_SCENE: ([True, False], ["b", "c"], ["", "other scene"]),
    }
    vectors = scorer.model.embed_images([first, second])
    assert found[SAME_SCENE].scores[1] == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-3)


def test_pairs_of_a_world_that_the_model_does_not_know_are_left_out(tiny_clip: Path) -> None:
    narrow = ClipScorer(ClipModel(choose("", "", bundled=tiny_clip), device="cpu"))
    pairs = [Pair(pictures(1), True, "a", text="a ball", generator=name) for name in ("", STUDIO)]
    assert len(score_pairs(pairs, narrow)[IMAGE_TEXT].scores) == 1


def written(folder: Path, *lines: Any) -> Path:
    for number in range(3):
        media.write_picture(folder / f"{number}.png", seed=number)
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def test_data_set_is_read_with_paths_from_its_folder(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"media": ["0.png", "1.png"], "text": "a ball", "right": True, "group": 7},
        "",
        {"media": "2.png", "against": "1.png", "right": False, "kind": "other"},
    )
    first, second = read_pairs(path)
    assert (first.metric, first.text, first.group, first.frames[0].shape[2]) == (CLIP_TEXT, "a ball", "7", 3)
    assert (second.metric, second.right, second.kind, second.group) == (SAME_SCENE, False, "other", "3")


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "3", '{"media": "0.png"}', {"media": "0.png", "text": "a", "right": 1},
        {"media": "0.png", "right": True}, {"media": "0.png", "text": "a", "against": "1.png", "right": True},
        {"media": [], "text": "a", "right": True}, {"media": ["0.png"] * 65, "text": "a", "right": True},
        {"media": [3], "text": "a", "right": True}, {"media": "absent.png", "text": "a", "right": True},
        {"media": "pairs.jsonl", "text": "a", "right": True}, {"media": "0.png", "text": "a", "right": True, "x": 1},
        "[" * 100_000,
    ],
)  # fmt: skip
def test_line_that_is_no_pair_is_refused_by_its_number(tmp_path: Path, line: Any) -> None:
    good = {"media": "0.png", "text": "a ball", "right": True}
    with pytest.raises(PairsInvalid, match="line 2"):
        list(read_pairs(written(tmp_path, good, line)))


def test_diagram_is_a_png_and_the_same_for_the_same_pairs() -> None:
    rng = np.random.default_rng(0)
    pairs = ScoredPairs()
    for number in range(200):
        pairs.add(float(rng.normal(number % 2)), right=number % 2 == 1, group=str(number), kind="other")
    drawn = [
        reliability_diagram.draw(calibrate(pairs.as_pairs(), resamples=20), pairs, title="A metric") for _ in range(2)
    ]
    assert drawn[0].startswith(b"\x89PNG\r\n\x1a\n")
    assert drawn[0] == drawn[1]
