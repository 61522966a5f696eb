"""Right and wrong pairs of pictures and words, scored by the very scorer whose scores are to be calibrated.

A data set of pairs is a folder with a JSON Lines file; see `read_pairs` for its lines.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring import decoding
from curation.scoring.calibration import Pairs
from curation.scoring.clip_scorer import CLIP_TEXT, IMAGE_TEXT, SAME_SCENE
from curation.scoring.seam import Clip, Measurement, Picture, Sample, Scorer

AT_ONCE = 64
MOST_FRAMES = 64
KEYS = {"media", "text", "against", "right", "kind", "group", "generator"}
READ_PX = 512  # pictures are kept no larger: models read less


class PairsInvalid(ValueError):
    """The data set of pairs cannot be read; the message names the line."""


@dataclass(frozen=True, eq=False)
class Pair:
    """What may or may not belong together.

    Attributes:
        frames: `[h, w, 3]` uint8 each; one is a picture, several are frames of a clip.
        text: A caption; None where pictures are held against each other.
        against: Another picture, where there is no text.
        right: Whether they belong together.
        group: Pairs with the same name share a scene or a contributor.
        kind: How a wrong pair is wrong, such as `color`.
        generator: Of synthetic pictures; a model that knows one world alone asks for it.
    """

    frames: tuple[np.ndarray, ...]
    right: bool
    group: str
    text: str | None = None
    against: np.ndarray | None = None
    kind: str = ""
    generator: str = ""

    @property
    def metric(self) -> str:
        """What measures this pair."""
        if self.against is not None:
            return SAME_SCENE
        return CLIP_TEXT if len(self.frames) > 1 else IMAGE_TEXT


@dataclass
class ScoredPairs:
    """Scores of one metric, in the order of the pairs, to be calibrated."""

    scores: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def add(self, score: float, *, right: bool, group: str, kind: str = "") -> None:
        self.scores.append(score)
        self.right.append(right)
        self.groups.append(group)
        self.kinds.append(kind)

    def as_pairs(self) -> Pairs:
        _, groups = np.unique(np.asarray(self.groups), return_inverse=True)
        return Pairs(np.asarray(self.scores, np.float64), np.asarray(self.right, bool), groups.astype(np.int64))

    def only(self, kind: str) -> Pairs:
        """All right pairs, and the wrong ones of this kind."""
        whole = self.as_pairs()
        kept = whole.right | (np.asarray(self.kinds) == kind)
        return Pairs(whole.scores[kept], whole.right[kept], whole.groups[kept])


def score_pairs(pairs: Iterable[Pair], scorer: Scorer) -> dict[str, ScoredPairs]:
    """By metric. A pair for which the scorer has no value (it does not know that world) is left out."""
    found: dict[str, ScoredPairs] = defaultdict(ScoredPairs)
    remaining = iter(pairs)
    while batch := list(islice(remaining, AT_ONCE)):
        answers = scorer.score([_sample(pair) for pair in batch])
        for pair, answer in zip(batch, answers, strict=True):
            if (value := _value(answer, pair.metric)) is not None:
                found[pair.metric].add(value, right=pair.right, group=pair.group, kind=pair.kind)
    return dict(found)


def _value(answer: Iterable[object], metric: str) -> float | None:
    """The first there is: two pictures are measured against each other from either side."""
    measured = (item for item in answer if isinstance(item, Measurement) and item.metric == metric)
    return next((item.value for item in measured), None)


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a JSON Lines file, read as they are asked for.

    A line is an object with `media` (a picture, or a list of a clip's frames; paths from the file's folder), `right`
    (true or false), and either `text` (a caption) or `against` (another picture); optionally `kind`, `group` (the line
    itself where missing) and `generator`.

    Raises:
        PairsInvalid: A line is none, or a picture cannot be read; the message names the line.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _pair(json.loads(line), path.parent, group=str(number))
            except (ValueError, OSError, RecursionError) as error:
                raise PairsInvalid(f"{path.name}, line {number}: {error}") from error


def _pair(data: Any, folder: Path, *, group: str) -> Pair:
    if not isinstance(data, dict) or (data.keys() - KEYS):
        raise ValueError(f"a pair is an object with these keys: {', '.join(sorted(KEYS))}")
    if not isinstance(data.get("right"), bool):
        raise ValueError("`right` is true where they belong together, false where not")
    if isinstance(data.get("text"), str) == isinstance(data.get("against"), str):
        raise ValueError("give either `text` or `against`")
    media = data.get("media")
    names = [media] if isinstance(media, str) else media
    if not isinstance(names, list) or not 0 < len(names) <= MOST_FRAMES:
        raise ValueError(f"`media` is a path or a list of at most {MOST_FRAMES} paths")
    return Pair(
        frames=tuple(_picture(folder, name) for name in names),
        right=data["right"],
        group=str(data.get("group", group)),
        text=data.get("text"),
        against=_picture(folder, data["against"]) if data.get("against") else None,
        kind=str(data.get("kind", "")),
        generator=str(data.get("generator", "")),
    )


def _picture(folder: Path, name: Any) -> np.ndarray:
    if not isinstance(name, str):
        raise ValueError("a path is a text")
    found = decoding.picture(folder / name, "", short_side=READ_PX, with_gray=False)
    assert found.rgb is not None, "it was asked for"
    return found.rgb


def _sample(pair: Pair) -> Sample:
    """The pair as a scorer meets it in a record."""
    record = {"scene": {"caption_short": pair.text or ""}, "provenance": {"generator": pair.generator}}
    if pair.against is not None:
        pictures = (_reference(0, pair.against),)
        if len(pair.frames) > 1:
            return Sample("pair", record, clip=Clip({}, pair.frames), pictures=pictures)
        # Without a clip, references are held against each other: the first one against the second.
        return Sample("pair", record, pictures=(*pictures, _reference(1, pair.frames[0])))
    if len(pair.frames) > 1:
        return Sample("pair", record, clip=Clip({}, pair.frames))
    return Sample("pair", record, pictures=(_reference(0, pair.frames[0]),))


def _reference(number: int, picture: np.ndarray) -> Picture:
    return Picture(f"reference_images.{number}", picture.shape[1], picture.shape[0], rgb=picture)
