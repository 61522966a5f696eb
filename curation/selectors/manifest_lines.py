"""The lines of a version's manifest as the database holds them, one JSON text each, in order of their ids."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from curation.models import Version
from curation.selectors.selections import SELECTED, Selection

FETCHED_AT_ONCE = 500

# The inner query sorts narrow rows; the text of a line is made as it is fetched, so memory stays flat. One statement is
# one snapshot: whatever changes meanwhile is in the next version.
LINES = f"""
SELECT chosen.revision_id, chosen.split, ruleset.sha256,
    ARRAY(SELECT DISTINCT score.model_id || ' ' || score.weights_sha256 FROM curation_score score
          WHERE score.revision_id = chosen.revision_id AND score.weights_sha256 <> ''),
    json_build_object(
        'id', chosen.submission_id,
        'revision', revision.id,
        'revision_number', revision.number,
        'record', revision.record,
        'caption', revision.caption,
        'modalities', revision.modalities,
        'license', revision.record #> '{{rights,license}}',
        'assets', (
            SELECT coalesce(json_agg(json_build_object(
                'path', placement.path, 'sha256', asset.sha256, 'kind', asset.kind,
                'content_type', asset.content_type, 'size', asset.size) ORDER BY placement.path), '[]')
            FROM curation_revisionasset placement JOIN curation_asset asset ON asset.id = placement.asset_id
            WHERE placement.revision_id = revision.id),
        'scores', (
            SELECT coalesce(json_agg(json_build_object(
                'metric', score.metric, 'part', score.part, 'value', score.value,
                'not_applicable', score.not_applicable, 'model_id', score.model_id,
                'weights_sha256', score.weights_sha256, 'preprocessing_id', score.preprocessing_id)
                ORDER BY score.metric, score.part, score.model_id, score.weights_sha256, score.preprocessing_id), '[]')
            FROM curation_score score WHERE score.revision_id = revision.id),
        'quality', json_build_object(
            'overall', gates.overall, 'novelty', gates.novelty, 'modalities', gates.quality - 'overall',
            'policy', ruleset.sha256),
        'decision', (
            SELECT json_build_object(
                'outcome', decision.outcome, 'source', decision.source, 'reasons', decision.reasons,
                'decided_at', to_char(decision.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            FROM curation_decision decision WHERE decision.revision_id = revision.id),
        'split', chosen.split,
        'split_group', chosen."group",
        'near_dup_cluster', chosen.cluster
    )::text
FROM (
    SELECT selected.*, assigned.split, assigned."group", assigned.cluster FROM ({SELECTED}) selected
    JOIN curation_splitassignment assigned
      ON assigned.dataset_id = %(dataset)s AND assigned.submission_id = selected.submission_id
    WHERE NOT assigned.excluded
    ORDER BY selected.submission_id OFFSET 0
) chosen
JOIN curation_revision revision ON revision.id = chosen.revision_id
LEFT JOIN curation_gateoutcome gates ON gates.id = chosen.gates_id
LEFT JOIN curation_ruleset ruleset ON ruleset.id = gates.ruleset_id
ORDER BY chosen.submission_id
"""  # noqa: S608 - a constant; values are parameters


@dataclass(frozen=True)
class Line:
    """One line to be: JSON text, not canonical yet, and what the version remembers of it.

    Attributes:
        models: Models that scored it, each `id weights-sha256`.
    """

    revision_id: UUID
    split: str
    policy_sha256: str | None
    models: list[str]
    text: str


def lines_of(version: Version) -> Iterator[Line]:
    """What the version's selection finds now, from a server-side cursor in one transaction."""
    selection = Selection.from_json(version.selection)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(LINES, {**selection.parameters(), "dataset": version.dataset_id})
        while rows := cursor.fetchmany(FETCHED_AT_ONCE):
            for row in rows:
                yield Line(*row)
