"""One byte string per record: what is hashed, stored and streamed, never re-serialised."""

from typing import Any

import rfc8785

from curation.record.models import Record


def as_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON values: every key present, absent parts null, ids and instants as text."""
    return record.model_dump(mode="json")


def canonical_bytes(record: Record) -> bytes:
    """The record in RFC 8785 form, UTF-8. Equal records give equal bytes; parsing them gives the record back.

    Raises:
        rfc8785.CanonicalizationError: A number lies outside what JSON carries exactly (a parsed record holds none).
    """
    return rfc8785.dumps(as_json(record))
