"""What is promised of all kinds together: changed copies are found, look-alikes are left alone."""

import pytest

from benchmarks.quality_duplicates import as_figures, evaluate, items, measure


def test_copies_of_a_family_of_look_alikes_are_found_and_told_apart() -> None:
    figures = as_figures(evaluate(list(items([("crate", "slides", "street")], seeds=2))))
    assert figures["recall"] >= 0.95
    assert figures["fpr"] == 0
    assert set(figures["table"]["copies"]) == {"image", "clip", "audio", "text", "camera", "environment"}


@pytest.mark.deep
def test_recall_and_false_positives_over_many_families() -> None:
    figures = measure()
    assert figures["recall"] >= 0.95
    assert figures["fpr"] < 0.005
