"""What was measured comes back from JSON bit for bit."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from curation.scoring.fingerprints import kinds, texts
from curation.scoring.keeping import NotKeepable, kept, restored
from curation.scoring.measuring import Measured
from curation.scoring.seam import Embedding, Measurement, Source

SOURCE = Source("clip", "ab" * 32, "resize-224")


@settings(max_examples=40)
@given(
    vector=arrays.arrays(np.float32, st.integers(0, 40), elements=st.floats(width=32, allow_nan=False)),
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    detail=st.dictionaries(st.text(), st.lists(st.integers() | st.text() | st.none() | st.booleans())),
)
def test_measurements_and_vectors_come_back_as_they_were(
    vector: np.ndarray, value: float | None, detail: dict[str, object]
) -> None:
    measured = Measured(
        "one", [Measurement("clip.x", value, "video", detail, source=SOURCE)], [Embedding("image", "v", vector, SOURCE)]
    )
    again = restored(json.loads(json.dumps(kept(measured))))
    assert again.measurements == measured.measurements
    assert again.embeddings[0].source == SOURCE
    assert again.embeddings[0].vector.tobytes() == vector.tobytes()
    assert again.embeddings[0].vector.dtype == vector.dtype


def test_a_detail_that_looks_like_a_class_stays_a_detail() -> None:
    detail = {"=class": "Source", "=array": [1]}
    again = restored(kept(Measurement("a.b", 1.0, detail=detail)))
    assert again.detail == detail


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(NotKeepable, match="set"):
        kept({"a": {1}})
    with pytest.raises(KeyError):
        restored({"=class": "Popen"})


def test_fingerprints_come_back_and_still_match() -> None:
    shingles = texts.shingles_of(
        {"caption_short": "A red ball rolls across a wooden floor and stops beside a blue cube."}
    )
    assert shingles is not None
    measured = Measured("one", fingerprints=[kinds.text("scene", shingles)])
    [again] = restored(json.loads(json.dumps(kept(measured)))).fingerprints
    [before] = measured.fingerprints
    assert (again.kind, again.part, again.data, again.source) == ("text", "scene", before.data, before.source)
    assert again.points["text"].tobytes() == before.probes["text"].tobytes()
    assert kinds.compare("text", shingles, "text", kinds.opened("text", again.data)) == kinds.Match(1.0)
