"""The vocabularies as data: whole, in two languages, with their sources; the sound classes and their names."""

import json
from graphlib import TopologicalSorter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import check_draft
from curation.record.vocabularies import CLOSED, FOLDER, LANGUAGES, SOUNDS, catalogue, phrases
from curation.record.vocabularies.audioset import SOUND_CLASSES, class_of, nearest
from tests.factories.records import valid_record

# "none", "unknown" and the regular speed say nothing in a caption.
UNSPOKEN = {"none", "unknown"}
IN_CAPTIONS = {
    "shot_size", "camera_angle", "framing", "lens_look", "composition", "time_of_day", "weather", "camera_primitive",
    "camera_speed", "steadiness", "key_direction", "light_quality", "key_ratio", "light_type", "light_mood",
}  # fmt: skip


@pytest.mark.parametrize("name", CLOSED)
def test_every_word_has_a_label_in_every_language_and_no_other_has(name: str):
    for language in LANGUAGES:
        labels = json.loads((FOLDER / f"{language}.json").read_text())["labels"]
        assert set(labels) == set(CLOSED)
        assert set(labels[name]) == set(CLOSED[name])
        assert all(labels[name].values())
        assert len(set(labels[name].values())) == len(labels[name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_captions_tell_has_a_phrase(language):
    spoken = phrases(language)
    assert set(spoken) == IN_CAPTIONS
    for name, found in spoken.items():
        assert set(found) == set(CLOSED[name]) - UNSPOKEN


def test_every_vocabulary_says_whom_it_follows_and_under_which_licence():
    for name, vocabulary in catalogue().items():
        assert vocabulary.name == name
        assert vocabulary.field
        assert all(source.title and source.licence for source in vocabulary.sources)
        assert vocabulary.sources


def test_names_given_by_the_sources_are_of_known_words():
    told = json.loads((FOLDER / "sources.json").read_text())
    assert set(told["vocabularies"]) == set(CLOSED)
    for name, entry in told["vocabularies"].items():
        assert set(entry.get("same_as", {})) <= set(CLOSED[name])
        assert set(entry["follows"]) <= set(told["sources"])


def test_ontology_is_whole():
    classes = SOUND_CLASSES
    roots = [sound.name for sound in classes.values() if not sound.parents]
    assert len(classes) == 632
    assert len({sound.name for sound in classes.values()}) == 632
    assert roots == [
        "Human sounds", "Animal", "Music", "Natural sounds", "Sounds of things", "Source-ambiguous sounds",
        "Channel, environment and background",
    ]  # fmt: skip
    assert all(parent in classes for sound in classes.values() for parent in sound.parents)
    assert {word for sound in classes.values() for word in sound.restrictions} == {"abstract", "blacklist"}


def test_ontology_holds_no_circle():
    ordered = list(TopologicalSorter({sound.mid: sound.parents for sound in SOUND_CLASSES.values()}).static_order())
    assert len(ordered) == 632


def test_arabic_names_are_of_classes_and_in_arabic_letters():
    named = [sound for sound in SOUND_CLASSES.values() if "ar" in sound.labels]
    assert len(named) == 206
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in sound.labels["ar"]) for sound in named)
    assert len(catalogue()[SOUNDS].terms) == 632


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Thump, thud", "Thump, thud"),
        ("thump", "Thump, thud"),
        ("Thump_and_thud", "Thump, thud"),
        ("Frying", "Frying (food)"),
        ("Vacuum_cleaner", "Vacuum cleaner"),
        ("Alarm_bell_ringing", "Alarm"),
        ("Running_water", "Water tap, faucet"),
        ("Dishes", "Dishes, pots, and pans"),
        (" /m/0bt9lr ", "Dog"),
    ],
)
def test_labels_in_every_usual_spelling_name_their_class(label: str, name: str):
    found = class_of(label)
    assert found is not None
    assert found.name == name


def test_names_that_two_classes_share_or_none_has_name_no_class():
    assert class_of("Inside") is None  # three kinds of room
    assert class_of("glorp") is None
    assert class_of("") is None


def test_every_class_is_found_by_its_own_name_and_is_the_nearest_to_it():
    for sound in SOUND_CLASSES.values():
        assert class_of(sound.name) is sound
    assert nearest("Door")[0].name == "Door"


def test_nearest_names_are_offered_by_letters_and_by_words():
    assert nearest("Applauze")[0].name == "Applause"
    assert nearest("door slamming")[0].name == "Door"
    assert nearest("glass breaking")[0].name in ("Glass", "Breaking")
    assert nearest("zq 99") == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_label_at_all_is_answered(label: str):
    found = class_of(label)
    assert found is None or found.mid in SOUND_CLASSES
    assert len(nearest(label)) <= 3


def test_unknown_class_of_a_sound_is_refused_with_the_nearest_names():
    record = valid_record()
    record["audio"]["events"][0] |= {"mid": "/m/0000", "name": "Thump"}
    (problem,) = check_draft(record)
    assert (problem.path, problem.code) == ("audio.events[0].mid", "unknown_sound")
    assert "Thump, thud (/m/07qnq_y)" in problem.fix


def test_thousands_of_unknown_sounds_are_refused_without_thousands_of_searches():
    record = valid_record()
    record["audio"]["labels"] = [{"mid": f"/m/x{i}", "name": f"zz{i} " * 12} for i in range(64)]
    record["audio"]["events"] = [
        {"onset_s": 0.0, "offset_s": 1.0, "mid": f"/m/y{i}", "name": "x" * 80} for i in range(2_000)
    ]
    problems = check_draft(record)
    assert len(problems) == 101
    assert sum("nearest" in problem.fix for problem in problems) <= 5
