"""How well changed copies of the studio's items are found again, and how rarely look-alikes are taken for copies.

Items come in families: the same actor does the same in the same kind of place, under another seed. Every item is
changed in every way of `benchmarks.changes`; a copy counts as found when the index yields its original as a candidate
and the comparison confirms it. False positives are counted over all pairs of different items.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import changes
from curation.scoring import decoding
from curation.scoring.fingerprints import clips, kinds, maps, paths, sounds, texts, views
from curation.scoring.fingerprints.words import distances
from curation.scoring.seam import Fingerprint
from curation.scoring.sounds import reading
from curation.selectors.copies import CANDIDATES
from studio import compose, describe, film_batch, still
from studio.camera_moves import path
from studio.film import environment_map
from studio.sound import record_sound

FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("ball", "bounces", "gallery"),
    ("crate", "slides", "street"),
    ("person", "walks", "living room"),
    ("dog", "walks", "meadow"),
    ("barrel", "rolls", "workshop"),
    ("car", "drives", "street"),
    ("robot", "walks", "kitchen"),
    ("balloon", "floats", "desert"),
    ("cone", "falls", "town square"),
    ("ball", "rolls", "snowy field"),
)
USUAL = 7  # under two minutes of one core


@dataclass(frozen=True, eq=False)
class Item:
    """One contribution's media as the studio made them."""

    name: str
    family: int
    pictures: list[np.ndarray]
    frames: np.ndarray
    fps: int
    sound: np.ndarray
    rate: int
    poses: np.ndarray
    environment: np.ndarray
    scene: dict[str, Any]

    @property
    def duration_s(self) -> float:
        return len(self.frames) / self.fps


def items(families: Sequence[tuple[str, str, str]] = FAMILIES, *, seeds: int = 2) -> Iterator[Item]:
    """So many takes of every family; no two are the same."""
    for family, (subject, action, place) in enumerate(families):
        for seed in range(seeds):
            scene = compose(
                1000 + 10 * family + seed,
                duration_s=3.0,
                fps=8,
                subject=subject,
                action=action,
                place=place,
                color="red",
            )
            frames = film_batch([scene], width=192, height=108, samples=1)[0].numpy()
            # The empty set is the harder picture: it has little on it, and its family has the like.
            pictures = [
                still(scene, 1.5, width=320, height=240, samples=1, with_subjects=with_subjects)
                for with_subjects in (True, False)
            ]
            sound, _ = record_sound(scene)
            yield Item(
                f"{subject}-{place}-{seed}", family, pictures, frames, 8, sound.mean(axis=0), 48_000,
                path(scene, scene.frame_times())[0], environment_map(scene), describe(scene),
            )  # fmt: skip


@dataclass
class Shelf:
    """All that was contributed, with the index's candidates found by brute force."""

    kept: list[tuple[str, Fingerprint, Any]] = field(default_factory=list)

    def add(self, owner: str, fingerprint: Fingerprint) -> None:
        self.kept.append((owner, fingerprint, kinds.opened(fingerprint.kind, fingerprint.data)))

    def owners_like(self, probe: Fingerprint, *, without: str = "") -> set[str]:
        """Whose fingerprints the probe is a copy of."""
        mine = kinds.opened(probe.kind, probe.data)
        votes: Counter[int] = Counter()
        for place, (owner, fingerprint, _) in enumerate(self.kept):
            if owner == without or fingerprint.kind != probe.kind:
                continue
            for space, words in probe.probes.items():
                points = fingerprint.points.get(space, words[:0])
                if len(words) and len(points):
                    nearest = distances(words, points).min(axis=1)
                    votes[place] += sum(kinds.closeness(space, distance) for distance in nearest)
        likely = [place for place, count in votes.most_common(CANDIDATES) if count]
        return {
            self.kept[place][0] for place in likely if kinds.compare(probe.kind, self.kept[place][2], probe.kind, mine)
        }


def fingerprints(item: Item, folder: Path) -> Iterator[Fingerprint]:
    """Of the originals, each written to a file and decoded as the platform does."""
    for place, picture in enumerate(item.pictures):
        yield image(picture, place)
    yield clip(changes.encoded_clip(item.frames, item.fps, folder, crf=18), item.fps, len(item.frames))
    yield from heard(changes.encoded_sound(item.sound, item.rate, folder, "flac"))
    yield from told(item.scene)
    yield from moved(item.poses, item.duration_s)
    yield from lit(item.environment)


def image(pixels: np.ndarray, place: int = 0) -> Fingerprint:
    return kinds.image(f"reference_images.{place}", views.view_of(changes.gray(pixels)))


def clip(path: Path, fps: int, frames: int) -> Fingerprint:
    facts = {"num_frames": frames, "fps_num": fps, "fps_den": 1}
    seen = decoding.clip(path, facts, frames=0, short_side=0, watchers=[clips.ReelWatcher])
    reel = seen.seen_by(clips.ReelWatcher)
    assert reel is not None
    return kinds.clip("video", reel)


def heard(path: Path) -> list[Fingerprint]:
    pattern = sounds.pattern_of(reading.mono(path))
    return [kinds.audio("audio", pattern)] if pattern else []


def told(scene: dict[str, Any]) -> list[Fingerprint]:
    shingles = texts.shingles_of(scene)
    return [kinds.text("scene", shingles)] if shingles is not None else []


def moved(poses: np.ndarray, duration_s: float) -> list[Fingerprint]:
    course = paths.course_of(poses, duration_s)
    return [kinds.camera("camera", course)] if course else []


def lit(environment: np.ndarray) -> list[Fingerprint]:
    sky = maps.sky_of(environment)
    return [kinds.environment("lighting", sky)] if sky is not None else []


def copies(item: Item, folder: Path) -> Iterator[tuple[str, str, list[Fingerprint]]]:
    """(kind, change, fingerprints of the changed copy); none where the copy is too plain to be told apart."""
    for name, change in changes.PICTURES.items():
        for picture in item.pictures:
            yield "image", name, [image(change(picture))]
    for name, make in changes.CLIPS.items():
        path, fps, count = make(item.frames, item.fps, folder)
        yield "clip", name, [clip(path, fps, count)]
    for name, alter in changes.SOUNDS.items():
        yield "audio", name, heard(alter(item.sound, item.rate, folder))
    for name, reword in changes.TEXTS.items():
        yield "text", name, told(reword(item.scene))
    course = paths.course_of(item.poses, item.duration_s)
    for name, (move, of_character) in changes.PATHS.items():
        if course and (course.has_character or not of_character):
            poses, duration_s = move(item.poses, item.duration_s)
            yield "camera", name, moved(poses, duration_s)
    if maps.sky_of(item.environment) is not None:
        for name, turn in changes.MAPS.items():
            yield "environment", name, lit(turn(item.environment))


@dataclass
class Found:
    """Copies found of copies made, by kind and change; false pairs of pairs, by kind."""

    copies: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    pairs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @property
    def recall(self) -> float:
        """The mean over kinds and changes, so that no kind counts more for having more files."""
        return float(np.mean([hits / made for hits, made in self.copies.values()]))

    @property
    def fpr(self) -> float:
        """Of the kind that errs most."""
        return max((false / pairs for false, pairs in self.pairs.values()), default=0.0)


def evaluate(contributed: Sequence[Item]) -> Found:
    """Put all on one shelf, then look for every copy, and for every item among the others of its family."""
    found, shelf = Found(), Shelf()
    with TemporaryDirectory() as name:
        folder = Path(name)
        own = {item.name: list(fingerprints(item, folder)) for item in contributed}
        for owner, prints in own.items():
            for one in prints:
                shelf.add(owner, one)
        for item in contributed:
            for kind, change, prints in copies(item, folder):
                hit = any(item.name in shelf.owners_like(one) for one in prints)
                _count(found.copies[kind, change], hit)
    _look_alikes(contributed, own, found)
    return found


def _look_alikes(contributed: Sequence[Item], own: dict[str, list[Fingerprint]], found: Found) -> None:
    """Every pair of the same family is compared outright, whether the index would have brought it up or not."""
    opened = {name: [(one.kind, kinds.opened(one.kind, one.data)) for one in prints] for name, prints in own.items()}
    for place, item in enumerate(contributed):
        for other in contributed[place + 1 :]:
            if other.family == item.family:
                _compare_all(opened[item.name], opened[other.name], found)


def _compare_all(mine: list[tuple[str, Any]], theirs: list[tuple[str, Any]], found: Found) -> None:
    for kind, one in mine:
        for other_kind, other in theirs:
            if kind == other_kind:
                _count(found.pairs[kind], kinds.compare(kind, one, kind, other) is not None)


def _count(row: list[int], hit: bool) -> None:
    row[0] += hit
    row[1] += 1


def measure(*, families: int = USUAL, seeds: int = 2) -> dict[str, Any]:
    """`recall`, `fpr` and the `table` behind them: `{kind: {change: [found, made]}}` and `{kind: [false, pairs]}`."""
    found = evaluate(list(items(FAMILIES[:families], seeds=seeds)))
    return as_figures(found)


def as_figures(found: Found) -> dict[str, Any]:
    table: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for (kind, change), counts in found.copies.items():
        table[kind][change] = counts
    return {
        "recall": found.recall,
        "fpr": found.fpr,
        "table": {"copies": dict(table), "look_alikes": dict(found.pairs)},
    }


def drawn(figures: dict[str, Any]) -> Table:
    table = Table(title="changed copies found, look-alikes taken for copies")
    for name in ("kind", "change", "found", "of"):
        table.add_column(name)
    for kind, rows in figures["table"]["copies"].items():
        for change, (hits, made) in rows.items():
            table.add_row(kind, change, str(hits), str(made))
        false, pairs = figures["table"]["look_alikes"].get(kind, (0, 0))
        table.add_row(kind, "[italic]another seed", str(false), str(pairs), end_section=True)
    return table


def main(families: Annotated[int, typer.Option(min=1, max=len(FAMILIES))] = USUAL, seeds: int = 2) -> None:
    """Duplicates of the studio's items."""
    figures = measure(families=families, seeds=seeds)
    Console(stderr=True).print(drawn(figures))
    print(json.dumps({"duplicate_recall": round(figures["recall"], 4), "duplicate_fpr": round(figures["fpr"], 5)}))


if __name__ == "__main__":
    typer.run(main)
