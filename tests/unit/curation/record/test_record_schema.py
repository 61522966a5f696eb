"""The published schema is what the models are."""

import jsonschema
import pytest

from curation.record import as_json, parse_record, published
from curation.record.schema import SCHEMA_PATH, record_schema, rendered
from tests.factories.records import blueprint, valid_record


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = record_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_committed_schema_has_not_drifted():
    assert SCHEMA_PATH.read_text(encoding="utf-8") == rendered(), "run python -m curation.record.schema"


@pytest.mark.parametrize("record", [valid_record(), blueprint()])
def test_schema_takes_valid_records_as_sent_and_as_stored(validator, record):
    assert list(validator.iter_errors(record)) == []
    assert list(validator.iter_errors(as_json(parse_record(record)))) == []


def test_schema_takes_published_records(validator):
    whole = published(
        parse_record(valid_record()), quality={"overall": 1, "policy": "p"}, groups={"split_group": "g"}, split="test"
    )
    assert list(validator.iter_errors(whole.model_dump(mode="json"))) == []


@pytest.mark.parametrize(
    "part", [{"scene": None}, {"extra": 1}, {"video": {"asset": 5}}, {"lighting": {"static": True, "source": "guess"}}]
)
def test_schema_refuses_what_the_models_refuse(validator, part):
    assert list(validator.iter_errors({**valid_record(), **part}))
