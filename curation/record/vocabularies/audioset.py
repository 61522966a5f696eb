"""The 632 sound classes of the AudioSet ontology: by id, by any spelling of their name, and the nearest to a name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent

# Labels of DCASE task 4 that are not spelled as a class; its own guide says which they are.
_OTHER_NAMES = {
    "alarm bell ringing": "/m/07pp_mv",
    "running water": "/m/02jz0l",
    "electric shaver toothbrush": "/m/02g901",
}
NEAREST = 3
LIKE = 0.6  # share of the letters; names that are less like are not offered
HALF = 0.5  # share of the words, likewise
STEM = 4  # letters


@dataclass(frozen=True)
class SoundClass:
    """One class; `restrictions` holds `abstract` (a heading only) or `blacklist` (too hard to label), mostly none."""

    mid: str
    name: str
    labels: Mapping[str, str]
    parents: tuple[str, ...]
    restrictions: tuple[str, ...]


def _read() -> Iterator[SoundClass]:
    arabic = dict(line.split("\t") for line in (FOLDER / "audioset_ar.tsv").read_text("utf-8").splitlines())
    _, *lines = (FOLDER / "audioset.tsv").read_text("utf-8").splitlines()
    for line in lines:
        mid, name, parents, restrictions = line.split("\t")
        labels = {"en": name} | ({"ar": arabic[mid]} if mid in arabic else {})
        yield SoundClass(mid, name, MappingProxyType(labels), tuple(parents.split()), tuple(restrictions.split()))


SOUND_CLASSES: Mapping[str, SoundClass] = MappingProxyType({sound.mid: sound for sound in _read()})


def class_of(label: str) -> SoundClass | None:
    """The class that a label names: its id, its name however spelled, or one of the names it lists.

    `Thump, thud`, `thump`, `Thump_and_thud`, `Frying` and DCASE's `Alarm_bell_ringing` are found; a name that two
    classes share is not.
    """
    return SOUND_CLASSES.get(label.strip()) or _spellings().get(plain(label))


def nearest(label: str, *, count: int = NEAREST) -> list[SoundClass]:
    """The classes whose names are most like a label, best first; none where nothing is like it."""
    asked = plain(label)
    if not asked:
        return []
    likeness: dict[str, float] = {}
    matcher = SequenceMatcher(b=asked, autojunk=False)
    for spelling, sound in _spellings().items():
        like = max(_letters_alike(matcher, spelling), _words_alike(asked.split(), spelling.split()))
        likeness[sound.mid] = max(likeness.get(sound.mid, 0.0), like)
    best = sorted((mid for mid, like in likeness.items() if like > 0), key=lambda mid: -likeness[mid])
    return [SOUND_CLASSES[mid] for mid in best[:count]]


def _letters_alike(matcher: "SequenceMatcher[str]", spelling: str) -> float:
    matcher.set_seq1(spelling)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= LIKE else 0.0


def _words_alike(asked: list[str], words: list[str]) -> float:
    """The share of words that begin alike ("slamming" and "slam"), where at least every second one does."""
    alike = sum(any(word[:STEM] == other[:STEM] for other in words) for word in asked)
    share = alike / max(len(asked), len(words))
    return share if share >= HALF else 0.0


def plain(label: str) -> str:
    """A label without case, punctuation and the word "and": `Dishes, pots, and pans` is "dishes pots pans"."""
    spaced = re.sub(r"[^0-9a-z]+", " ", label.casefold().replace("'", ""))
    return " ".join(word for word in spaced.split() if word != "and")


@cache
def _spellings() -> Mapping[str, SoundClass]:
    """Classes by plain spelling: whole names first, then shorter ones that no other class has."""
    whole = {plain(sound.name): sound for sound in SOUND_CLASSES.values()}
    shorter: dict[str, set[str]] = {}
    for sound in SOUND_CLASSES.values():
        for spelling in _parts(sound.name):
            shorter.setdefault(spelling, set()).add(sound.mid)
    unique = {spelling: SOUND_CLASSES[mids.pop()] for spelling, mids in shorter.items() if len(mids) == 1}
    others = {spelling: SOUND_CLASSES[mid] for spelling, mid in _OTHER_NAMES.items()}
    return MappingProxyType({**unique, **others, **whole})


def _parts(name: str) -> set[str]:
    """The names that a name lists between commas, and the name without what stands in brackets."""
    bare = re.sub(r"\(.*?\)", "", name)
    return {plain(part) for part in (bare, *bare.split(","))} - {""}
