"""The closed vocabularies hold together; their labels and phrases are `test_record_vocabularies`."""

from curation.record import vocabulary as words


def test_arcs_are_made_of_known_movements():
    parts = {name for pair in words.ARC_PARTS.values() for name in pair}
    assert parts | set(words.ARC_PARTS) <= set(words.CAMERA_PRIMITIVES)
