"""The kinds of fingerprints: what each gives the index, what it is compared with, and how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.scoring.fingerprints import clips, laying, maps, paths, sounds, texts, views
from curation.scoring.fingerprints.match import Match
from curation.scoring.fingerprints.words import packed, unpacked
from curation.scoring.seam import Fingerprint, Source

# The index's spaces, and the distance within which a point of a copy lies near enough to be a candidate.
RADII = {"pdq": 31, "features": 56, "audio": 84, "text": 48, "camera": 72, "environment": 48}

NO_WORDS = np.zeros((0, 32), np.uint8)


@dataclass(frozen=True)
class Kind:
    """How fingerprints of one kind are stored and read again."""

    source: Source
    write: Callable[[Any], Mapping[str, Any]]
    read: Callable[[dict[str, np.ndarray]], Any]


KINDS: dict[str, Kind] = {
    "image": Kind(Source("pdq-sift-1", preprocessing_id="gray-256"), views.View.as_arrays, views.View.from_arrays),
    "clip": Kind(Source("pdq-reel-1", preprocessing_id="gray-160-4fps"), clips.Reel.as_arrays, clips.Reel.from_arrays),
    "audio": Kind(
        Source("log-pattern-1", preprocessing_id="mono-16k"),
        lambda pattern: {"values": pattern.values},
        lambda arrays: sounds.Pattern(arrays["values"]),
    ),
    "text": Kind(
        Source("minhash-1", preprocessing_id="nfkc-5-shingles"),
        lambda shingles: {"shingles": shingles},
        lambda arrays: arrays["shingles"],
    ),
    "camera": Kind(
        Source("course-1", preprocessing_id="64-steps"),
        lambda course: {name: getattr(course, name) for name in ("positions", "rotations", "duration_s")},
        lambda arrays: paths.Course(arrays["positions"], arrays["rotations"], float(arrays["duration_s"])),
    ),
    "environment": Kind(
        Source("sky-1", preprocessing_id="log-32x64"),
        lambda sky: {"sky": sky.astype(np.float16)},
        lambda arrays: arrays["sky"].astype(np.float32),
    ),
}
# (kind of the earlier, kind of the later) -> the comparison; a picture may be a frame of somebody's clip.
COMPARISONS: dict[tuple[str, str], Callable[[Any, Any], Match | None]] = {
    ("image", "image"): laying.compare_views,
    ("clip", "clip"): clips.compare_reels,
    ("clip", "image"): clips.compare_reel_and_view,
    ("image", "clip"): lambda view, reel: clips.compare_reel_and_view(reel, view),
    ("audio", "audio"): sounds.compare_sounds,
    ("text", "text"): texts.compare_texts,
    ("camera", "camera"): paths.compare_courses,
    ("environment", "environment"): maps.compare_skies,
}


def image(part: str, view: views.View) -> Fingerprint:
    """Of a picture: one point by its hash and some by its features; probes also for its turned and mirrored selves."""
    reliable = view.quality >= laying.MIN_QUALITY
    points = {"pdq": view.hashes[: int(reliable)], "features": view.words[: views.INDEXED]}
    probes = {"pdq": view.hashes if reliable else view.hashes[:0], "features": _both_ways([view], views.PROBED)}
    return _fingerprint("image", part, view, points, probes)


def clip(part: str, reel: clips.Reel) -> Fingerprint:
    """Of a clip: a point a second and some by the features of its views; every hash probes."""
    features = [view.words[: views.INDEXED // 2] for view in reel.views]
    points = {
        "pdq": reel.hashes[:: clips.INDEXED_EVERY, clips.UPRIGHT],
        "features": np.concatenate([NO_WORDS, *features]),
    }
    probes = {"pdq": reel.hashes.reshape(-1, 32), "features": _both_ways(reel.views, views.PROBED // 2)}
    return _fingerprint("clip", part, reel, points, probes)


def _both_ways(seen: Sequence[views.View], most: int) -> np.ndarray:
    """The words of so many features of each view, as they are and in the mirror."""
    words = np.concatenate([NO_WORDS, *(view.words[:most] for view in seen)])
    return np.concatenate([words, views.mirrored_words(words)])


def audio(part: str, pattern: sounds.Pattern) -> Fingerprint:
    """Of a recording: a point for each of its strongest peaks."""
    points = {"audio": sounds.patches(pattern)}
    return _fingerprint("audio", part, pattern, points, points)


def text(part: str, shingles: np.ndarray) -> Fingerprint:
    """Of a description: one point."""
    points = {"text": texts.minhash_word(shingles)}
    return _fingerprint("text", part, shingles, points, points)


def camera(part: str, course: paths.Course) -> Fingerprint:
    """Of a camera path: one point; it is looked for in the mirror, too."""
    points = {"camera": paths.movement_word(course)}
    probes = {"camera": np.concatenate([points["camera"], paths.movement_word(course.mirrored)])}
    return _fingerprint("camera", part, course, points, probes)


def environment(part: str, sky: np.ndarray) -> Fingerprint:
    """Of an environment map: one point, the same for every turn and for the mirrored map."""
    points = {"environment": maps.turns_word(sky)}
    return _fingerprint("environment", part, sky, points, points)


def closeness(space: str, distance: float) -> int:
    """How much a word at this distance speaks for a copy. Squared: one near word says more than many at the rim."""
    return max(0, RADII[space] + 1 - int(distance)) ** 2


def opened(kind: str, data: bytes) -> Any:
    """What `compare` takes, of stored data."""
    return KINDS[kind].read(unpacked(data))


def compare(kind: str, earlier: Any, kind_of_later: str, later: Any) -> Match | None:
    """Whether the later is the earlier again, both `opened`; the changes are those that were made to the earlier."""
    comparison = COMPARISONS.get((kind, kind_of_later))
    return comparison(earlier, later) if comparison else None


def _fingerprint(
    kind: str, part: str, content: Any, points: Mapping[str, np.ndarray], probes: Mapping[str, np.ndarray]
) -> Fingerprint:
    data = packed(KINDS[kind].write(content))
    return Fingerprint(kind, part, data, points, probes, KINDS[kind].source)
