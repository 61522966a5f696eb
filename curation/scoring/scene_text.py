"""Is the description whole and free of addresses: counts over text, no model."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from curation.record.models.fields import word_count
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

WORDS, CONTACTS, MISSING = "scene.words", "scene.contacts_found", "scene.slots_missing"
LANGUAGE = "scene.language_declared"
REQUIRED_SLOTS = ("subjects", "setting", "shot")

_CONTACTS = {
    "link": re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|io|tv|info|co)\b(?:/\S*)?", re.IGNORECASE),
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    "phone number": re.compile(r"(?<!\w)\+?\d(?:[\s().-]{0,2}\d){8,14}(?!\w)"),
    "handle": re.compile(r"(?<!\w)@[A-Za-z_]\w{2,}"),
}


class SceneTextScorer:
    """Counts words, addresses and missing slots of the scene description."""

    name = "scene_text"
    metrics = (WORDS, CONTACTS, MISSING, LANGUAGE)
    needs = Needs()
    source = Source("scene-text-1", preprocessing_id="nfc")

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.record.get("scene"))

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [list(_measure(sample.record["scene"])) for sample in batch]


def _measure(scene: Mapping[str, Any]) -> list[Measurement]:
    contacts = contacts_in(" \n ".join(_texts(scene)))
    missing = [slot for slot in REQUIRED_SLOTS if not scene.get(slot)]
    return [
        Measurement(WORDS, float(word_count(scene.get("caption_long") or scene["caption_short"])), "scene"),
        Measurement(CONTACTS, float(len(contacts)), "scene", {"kinds": sorted(contacts)}),
        Measurement(MISSING, float(len(missing)), "scene", {"missing": missing}),
        Measurement(LANGUAGE, float(bool(scene.get("language"))), "scene"),
    ]


def contacts_in(text: str) -> list[str]:
    """Which kinds of address a text holds, one entry per hit; the addresses themselves are not repeated."""
    hits: list[str] = []
    for kind in ("e-mail", "link", "phone number", "handle"):
        text, count = _CONTACTS[kind].subn(" ", text)
        hits += [kind] * count
    return hits


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, Sequence):
        return [text for item in value for text in _texts(item)]
    return []
