"""From JSON that anyone may have sent to a `Record`, or to the list of what to put right."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from curation.record.canonical import canonical_bytes
from curation.record.explanations import explain
from curation.record.models import Groups, PublishedRecord, Quality, Record
from curation.record.problems import Problem, RecordRefused

MAX_RECORD_BYTES = 1_000_000


def parse_record(data: object) -> Record:
    """The record that a contributor's JSON describes.

    Args:
        data: Decoded JSON: anything at all.

    Raises:
        RecordRefused: With every problem found, each naming its place and its fix. Parts written by the platform
            (`quality`, `groups`, `split`, `rights.revoked_at`) are refused.
    """
    try:
        record = Record.model_validate(data)
    except ValidationError as error:
        raise RecordRefused(explain(error)) from error
    if problems := list(_not_for_contributors(record)):
        raise RecordRefused(problems)
    return record


def check_draft(data: object) -> list[Problem]:
    """What still has to be put right in a draft; empty when it can be submitted. Never raises on decoded JSON."""
    try:
        parse_record(data)
    except RecordRefused as refusal:
        return refusal.problems
    return []


def parse_published(data: object) -> PublishedRecord:
    """A record as it stands in a dataset version.

    Raises:
        RecordRefused: It is not one.
    """
    try:
        return PublishedRecord.model_validate(data)
    except ValidationError as error:
        raise RecordRefused(explain(error)) from error


def published(
    record: Record, *, quality: Quality | Mapping[str, Any], groups: Groups | Mapping[str, Any], split: str
) -> PublishedRecord:
    """The record with the parts that only the platform writes.

    Raises:
        RecordRefused: A part is not of its form.
    """
    parts = {name: getattr(record, name) for name in Record.model_fields}
    return parse_published({**parts, "quality": quality, "groups": groups, "split": split})


def _not_for_contributors(record: Record) -> Iterator[Problem]:
    if record.rights.revoked_at is not None:
        yield Problem(
            "rights.revoked_at",
            "platform_only",
            "Only the platform writes this.",
            "Remove it; withdraw by its own action.",
        )
    size = len(canonical_bytes(record))
    if size > MAX_RECORD_BYTES:
        yield Problem(
            "",
            "too_large",
            f"The record is {size:,} bytes long.",
            f"Keep it under {MAX_RECORD_BYTES:,} bytes: upload long paths as files.",
        )
