"""What happens to a batch when a scorer fails on one of its samples."""

from collections.abc import Sequence

import pytest

from curation.scoring.measuring import measure
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source


class LengthScorer:
    """Measures the length of a sample's name and cannot bear one of them; stands for any model in its batching."""

    name = "length"
    metrics = ("length",)
    needs = Needs()
    source = Source("length-1")

    def __init__(self, unbearable: str) -> None:
        self.unbearable = unbearable
        self.batches: list[int] = []

    def applies_to(self, sample: Sample) -> bool:
        return sample.sample_id != "other"

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        self.batches.append(len(batch))
        if any(self.unbearable in sample.sample_id for sample in batch):
            raise ValueError(f"cannot bear {self.unbearable}")
        return [[Measurement("length", float(len(sample.sample_id)))] for sample in batch]


def samples(*names: str) -> list[Sample]:
    return [Sample(name, {}) for name in names]


def test_all_samples_go_in_one_batch_and_come_back_in_order() -> None:
    scorer = LengthScorer("!")
    measured = measure(samples("a", "other", "ccc"), [scorer])
    assert scorer.batches == [2]
    assert [[item.value for item in one.measurements] for one in measured] == [[1.0], [], [3.0]]
    assert measured[0].measurements[0].model_id == "length-1"


def test_one_bad_sample_is_named_and_the_rest_is_measured() -> None:
    first, bad, last = measure(samples("a", "bad!", "ccc"), [LengthScorer("!")])
    assert (first.failures, last.failures) == ({}, {})
    assert bad.failures == {"length": "ValueError: cannot bear !"}
    assert [item.value for item in last.measurements] == [3.0]


def test_a_scorer_that_fails_on_everything_is_itself_broken() -> None:
    with pytest.raises(ValueError, match="cannot bear"):
        measure(samples("a", "ab"), [LengthScorer("a")])
    with pytest.raises(ValueError, match="cannot bear"):
        measure(samples("a"), [LengthScorer("a")])
