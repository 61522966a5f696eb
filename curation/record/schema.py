"""The published JSON Schema 2020-12 of a record; `python -m curation.record.schema` writes it."""

import json
from pathlib import Path
from typing import Any

from curation.record.models import PublishedRecord

SCHEMA_PATH = Path(__file__).resolve().parents[2] / "docs" / "reference" / "record.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLATFORM_PARTS = ("quality", "groups", "split")


def record_schema() -> dict[str, Any]:
    """The schema of a record as contributed and as published: the parts that only the platform writes are optional.

    It states form. What spans parts (times in the timeline, subjects that exist) is said by `parse_record` alone.
    """
    schema = PublishedRecord.model_json_schema()
    schema["required"] = [name for name in schema["required"] if name not in PLATFORM_PARTS]
    for name in PLATFORM_PARTS:
        part = schema["properties"][name]
        schema["properties"][name] = {**part, "readOnly": True}
    schema["title"] = "scene-sample/1.0"
    return {"$schema": DIALECT, **schema}


def rendered() -> str:
    """The schema file's text."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.parent.mkdir(parents=True, exist_ok=True)
    SCHEMA_PATH.write_text(rendered(), encoding="utf-8")
