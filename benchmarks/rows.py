"""A hundred thousand submissions in seconds: one is made by the tests' factory, the database multiplies it.

Triggers and foreign keys are passed over (superuser), so every reference is made here: ids are counted.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from psycopg import sql

from accounts.models import User
from benchmarks.installation import postgres_url
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign, Score, Submission
from curation.models.scores import EMBEDDING_WIDTH
from tests.factories import curation as make
from tests.factories import records

SUBMISSION, REVISION, ASSET = 1, 2, 16  # the assets of one submission have this kind and the following ones
METRICS = ("image.sharpness", "image.exposure", "audio.loudness", "camera.smoothness", "scene.words")

COUNTING = """
CREATE FUNCTION pg_temp.counted(kind int, n int) RETURNS uuid IMMUTABLE LANGUAGE sql AS
$$ SELECT ('019000' || lpad(to_hex(kind), 2, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.digest(kind int, n int) RETURNS text IMMUTABLE LANGUAGE sql AS
$$ SELECT md5(kind || ':' || n) || md5(n || '/' || kind) $$;
"""
EMBEDDINGS = """
INSERT INTO curation_embedding (id, revision_id, kind, part, model_id, weights_sha256, vector)
    SELECT gen_random_uuid(), pg_temp.counted(%(revision)s, n), 'image', 'reference_images.0', 'random', '',
        (SELECT array_agg(random() - 0.5 + 0 * (n + d)) FROM generate_series(1, %(width)s) d)::real[]::vector::halfvec
    FROM generate_series(%(first)s::int, %(last)s::int) n;
"""
COPIES = """
CREATE TEMP TABLE file AS
    SELECT path, %(asset)s - 1 + (row_number() OVER (ORDER BY path))::int AS kind, asset_id
    FROM curation_revisionasset WHERE revision_id = %(revision_id)s;
CREATE TEMP TABLE number AS SELECT n FROM generate_series(%(first)s::int, %(last)s::int) n;

INSERT INTO curation_asset SELECT made.* FROM number, file JOIN curation_asset model ON model.id = file.asset_id,
    LATERAL jsonb_populate_record(model, jsonb_build_object(
        'id', pg_temp.counted(file.kind, n), 'sha256', pg_temp.digest(file.kind, n))) made;
INSERT INTO curation_submission SELECT made.* FROM number, curation_submission model,
    LATERAL jsonb_populate_record(model, jsonb_build_object(
        'id', pg_temp.counted(%(submission)s, n), 'current_id', pg_temp.counted(%(revision)s, n))) made
    WHERE model.id = %(submission_id)s;
INSERT INTO curation_revision SELECT made.* FROM number, curation_revision model,
    LATERAL jsonb_populate_record(model, jsonb_build_object(
        'id', pg_temp.counted(%(revision)s, n), 'submission_id', pg_temp.counted(%(submission)s, n),
        'record_sha256', pg_temp.digest(%(revision)s, n), 'caption', 'Take ' || n || '. ' || model.caption,
        'record', jsonb_set(model.record, '{scene,caption_short}',
            to_jsonb('Take ' || n || '. ' || (model.record #>> '{scene,caption_short}'))))) made
    WHERE model.id = %(revision_id)s;
INSERT INTO curation_revisionasset (revision_id, asset_id, path)
    SELECT pg_temp.counted(%(revision)s, n), pg_temp.counted(file.kind, n), file.path FROM number, file;
INSERT INTO curation_score SELECT made.* FROM number, curation_score model,
    LATERAL jsonb_populate_record(model, jsonb_build_object(
        'id', gen_random_uuid(), 'revision_id', pg_temp.counted(%(revision)s, n), 'value', random())) made
    WHERE model.revision_id = %(revision_id)s;
INSERT INTO curation_gateoutcome SELECT made.* FROM number, curation_gateoutcome model,
    LATERAL jsonb_populate_record(model, jsonb_build_object(
        'id', gen_random_uuid(), 'revision_id', pg_temp.counted(%(revision)s, n))) made
    WHERE model.revision_id = %(revision_id)s;
INSERT INTO curation_decision SELECT made.* FROM number, curation_decision model,
    LATERAL jsonb_populate_record(model, jsonb_build_object(
        'id', gen_random_uuid(), 'revision_id', pg_temp.counted(%(revision)s, n))) made
    WHERE model.revision_id = %(revision_id)s;
DROP TABLE number, file;
"""
TABLES = ("asset", "submission", "revision", "revisionasset", "score", "gateoutcome", "decision")


def template(campaign: Campaign, contributor: User, status: SubmissionStatus) -> Submission:
    """A submission with all five modalities and a record of at least 3 kB, scored and judged."""
    row = make.submission(campaign, contributor, status=status, scene=_long_scene())
    Score.objects.bulk_create(
        Score(revision=row.current, metric=metric, value=0.5, model_id="technical-1", preprocessing_id="none",
              measured_at=make.NOW)
        for metric in METRICS
    )  # fmt: skip
    return row


def multiply(row: Submission, *, first: int, last: int) -> None:
    """Copies of the submission with these numbers, each with files, scores and a judgement of its own."""
    parameters: dict[str, int | UUID | None] = {
        "submission": SUBMISSION,
        "revision": REVISION,
        "asset": ASSET,
        "submission_id": row.id,
        "revision_id": row.current_id,
        "first": first,
        "last": last,
    }
    _execute(COPIES, parameters, TABLES)


def embed(*, first: int, last: int) -> None:
    """An image embedding, random, for each of the copies with these numbers."""
    numbers = {"revision": REVISION, "first": first, "last": last, "width": EMBEDDING_WIDTH}
    _execute(EMBEDDINGS, numbers, ["embedding"])


def counted(kind: int, number: int) -> UUID:
    """The id of a copy."""
    return UUID(f"019000{kind:02x}-0000-7000-8000-{number:012x}")


def _execute(statements: str, parameters: dict[str, int | UUID | None], tables: Sequence[str]) -> None:
    connections.close_all()
    with psycopg.connect(postgres_url(), autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(COUNTING + statements, parameters)
        for table in tables:
            connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(f"curation_{table}")))


def _long_scene() -> dict[str, Any]:
    """The ordinary scene, told at greater length."""
    scene = records.scene(5.0)
    told = "Seen from the door, in the flat light of an overcast afternoon, with a little dust on it and a dull shine. "
    for subject in scene["subjects"]:
        subject["description"] = told * 4
    return scene
