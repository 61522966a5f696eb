"""Taking back a rejection: by gates that others would not have made, or by anybody whose author was right.

A revision is decided once. So the record is frozen again, as the contributor would by submitting it unchanged, and the
scores, which are facts about the same bytes, come along: no model runs.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from common import leases
from common.ids import uuid7
from curation.gating import Outcome, Verdict
from curation.lifecycle import CampaignStatus, SubmissionStatus
from curation.models import GateOutcome, Revision, Ruleset, Submission
from curation.selectors.duplicates import bytes_contributed_before
from curation.services import gate_verdicts, moves, standings
from curation.trusting.standing import judgements_asked

NEXT_REVISION = """
INSERT INTO curation_revisionasset (revision_id, asset_id, path)
    SELECT %(to)s, asset_id, path FROM curation_revisionasset WHERE revision_id = %(of)s;
INSERT INTO curation_score (id, revision_id, metric, part, value, detail, not_applicable, model_id, weights_sha256,
                            preprocessing_id, measured_at)
    SELECT gen_random_uuid(), %(to)s, metric, part, value, detail, not_applicable, model_id, weights_sha256,
           preprocessing_id, measured_at FROM curation_score WHERE revision_id = %(of)s;
INSERT INTO curation_embedding (id, revision_id, kind, part, model_id, weights_sha256, vector)
    SELECT gen_random_uuid(), %(to)s, kind, part, model_id, weights_sha256, vector
    FROM curation_embedding WHERE revision_id = %(of)s;
INSERT INTO curation_fingerprint (id, revision_id, kind, part, model_id, data)
    SELECT gen_random_uuid(), %(to)s, kind, part, model_id, data FROM curation_fingerprint WHERE revision_id = %(of)s;
UPDATE curation_fingerprintpoint point SET fingerprint_id = next.id
    FROM curation_fingerprint before JOIN curation_fingerprint next USING (kind, part, model_id)
    WHERE point.fingerprint_id = before.id AND before.revision_id = %(of)s AND next.revision_id = %(to)s;
INSERT INTO curation_copy (id, revision_id, part, original_id, original_part, kind, similarity, changes, found_at)
    SELECT gen_random_uuid(), %(to)s, part, original_id, original_part, kind, similarity, changes, found_at
    FROM curation_copy WHERE revision_id = %(of)s;
"""


def obstacle(submission: Submission) -> str:
    """Why this rejection stays, though the gates would let the work pass now; empty where nothing stands in the way."""
    if submission.campaign.status != CampaignStatus.OPEN:
        return "campaign_not_open"
    assert submission.current is not None, "what is rejected has a revision"
    hashes = list(submission.current.assets.exclude(sha256="").values_list("sha256", flat=True))
    return "contributed_meanwhile" if bytes_contributed_before(hashes, submission_id=submission.id) else ""


def reopen(
    submission: Submission,
    verdict: Verdict,
    *,
    ruleset: Ruleset,
    novelty: float,
    detail: Mapping[str, Any],
    now: datetime,
) -> Revision:
    """The next revision of the same record, under review; call it with the submission locked.

    Two moves of the transition table with their events: submitted again, and into review with the gates' new verdict.
    """
    revision = _next_revision(submission, detail=detail, now=now)
    outcome = gate_verdicts.outcome_row(verdict, revision_id=revision.id, ruleset=ruleset, novelty=novelty, now=now)
    GateOutcome.objects.bulk_create([outcome])
    [level] = standings.levels_of([submission.contributor_id]).values()
    gate_verdicts.move_as(verdict, submission, level=level, now=now)
    return revision


def review_again(submission: Submission, *, detail: Mapping[str, Any], now: datetime) -> Revision:
    """The next revision of rejected work, under review whatever the gates said of it; call it with it locked.

    The gates' findings come along, so that reviewers see them.
    """
    before = GateOutcome.objects.filter(revision=submission.current_id).latest("judged_at", "id")
    revision = _next_revision(submission, detail=detail, now=now)
    before.pk, before.revision, before.judged_at = uuid7(), revision, now
    before.outcome = Outcome.REVIEW if before.outcome == Outcome.REJECT else before.outcome
    before.save(force_insert=True)
    [level] = standings.levels_of([submission.contributor_id]).values()
    needed = judgements_asked(level, campaign_asks=submission.campaign.reviews_needed)
    moves.move_submission(
        submission.id,
        to=SubmissionStatus.IN_REVIEW,
        now=now,
        detail={"gates": before.outcome, **detail},
        changes=leases.released(failure={}, judgements_needed=needed),
    )
    return revision


def _next_revision(submission: Submission, *, detail: Mapping[str, Any], now: datetime) -> Revision:
    """The same record once more, with its scores, submitted."""
    before = submission.current
    assert before is not None, "what is rejected has a revision"
    revision = Revision.objects.create(
        submission=submission,
        number=before.number + 1,
        record=before.record,
        record_sha256=before.record_sha256,
        modalities=before.modalities,
        caption=before.caption,
        created_at=now,
    )
    with connection.cursor() as cursor:
        cursor.execute(NEXT_REVISION, {"of": before.id, "to": revision.id})
    moves.move_submission(
        submission.id,
        to=SubmissionStatus.SUBMITTED,
        now=now,
        detail={"reopened": True, "revision_before": str(before.id), **detail},
        changes=leases.released(current=revision, reviews_cast=0, failure={}),
    )
    return revision
