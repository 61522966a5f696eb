"""Identifiers that sort by time."""

import time
import uuid

from common.ids import uuid7


def test_identifier_is_a_version_seven_uuid_of_now() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_later_identifiers_sort_after_earlier_ones() -> None:
    first = uuid7()
    while uuid7().int >> 80 == first.int >> 80:
        continue
    assert first < uuid7()


def test_identifiers_of_one_millisecond_differ() -> None:
    assert len({uuid7() for _ in range(10_000)}) == 10_000
