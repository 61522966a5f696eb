"""The record of one contribution: its models, validators, canonical form, camera and light mathematics, caption.

Runs without Django, on pydantic and numpy alone; opens no image, sound or clip (the probe does) and judges no quality
(gates over scores do).
"""

from curation.record.assets import AssetReference, asset_references
from curation.record.canonical import as_json, canonical_bytes
from curation.record.measurements import CheckResult
from curation.record.models import SCHEMA_VERSION, PublishedRecord, Record
from curation.record.parsing import check_draft, parse_published, parse_record, published
from curation.record.problems import Problem, RecordRefused

__all__ = [
    "SCHEMA_VERSION",
    "AssetReference",
    "CheckResult",
    "Problem",
    "PublishedRecord",
    "Record",
    "RecordRefused",
    "as_json",
    "asset_references",
    "canonical_bytes",
    "check_draft",
    "parse_published",
    "parse_record",
    "published",
]
