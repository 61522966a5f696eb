"""What a record is found by."""

from curation.record.facets import FACETS, VOCABULARY_OF, facets_of, words_of
from tests.factories.records import blueprint, valid_record


def test_every_facet_of_a_record_is_one_that_there_is() -> None:
    found = facets_of(valid_record())
    assert {facet.partition("=")[0] for facet in found} <= set(FACETS)
    assert {"movement=dolly_in", "light=daylight", "sound=Roll", "sound=Thump, thud", "shot_size=wide"} <= set(found)
    assert {"modality=video", "license=CC-BY-4.0", "language=en", "time_of_day=afternoon"} <= set(found)


def test_a_record_without_files_has_the_facets_of_its_words() -> None:
    found = facets_of(blueprint())
    assert "key_direction=left" in found
    assert not [facet for facet in found if facet.startswith(("movement", "sound"))]


def test_movements_that_the_path_surely_shows_stand_for_undeclared_ones() -> None:
    camera = valid_record()["camera"]
    camera["declared"] = None
    moves = [{"name": "pan_left", "confidence": 0.9}, {"name": "roll_cw", "confidence": 0.3}]
    camera["derived"] = {"primitives": moves, "tool": "t"}
    found = [facet for facet in facets_of(valid_record(camera=camera)) if facet.startswith("movement")]
    assert found == ["movement=pan_left"]


def test_words_are_those_of_the_contributor() -> None:
    told = words_of(valid_record())
    assert "smooth rubber" in told
    assert "rolls to the right" in told
    assert "dry rolling sound" in told
    assert "dolly" not in told


def test_closed_facets_have_a_vocabulary_without_repeats() -> None:
    assert all(len(words) == len(set(words)) for words in VOCABULARY_OF.values())
