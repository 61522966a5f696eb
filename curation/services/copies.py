"""Copies: found before the transaction that writes scores, settled inside it. The first contribution counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from curation.gating import Outcome, judge
from curation.lifecycle import SubmissionStatus
from curation.models import Copy, Decision, Fingerprint, GateOutcome, Score, Submission
from curation.models.scores import PLATFORM
from curation.scoring import seam
from curation.selectors.copies import Alike, Asked, alike_to, comes_first
from curation.selectors.duplicates import LIVE
from curation.services import gate_verdicts, judgings
from curation.services.fingerprints import remember

METRIC = "record.duplicate_{kind}"
# How much of a contribution each kind makes, for its novelty.
WEIGHTS = {"image": 1.0, "clip": 1.0, "audio": 1.0, "text": 0.5, "camera": 0.5, "environment": 0.5}


@dataclass(frozen=True)
class Settled:
    """What is known of one revision's copies.

    Attributes:
        copies: Parts of it that were contributed before.
        nearest_accepted: The highest similarity to accepted work, weighted by kind; 0 where nothing is alike.
    """

    copies: Sequence[Copy] = ()
    nearest_accepted: float = 0.0


def search(submissions: Sequence[Submission], prints: Sequence[Sequence[seam.Fingerprint]]) -> list[Alike]:
    """What other live submissions have of each one's newest revision. A part takes milliseconds: hold no lock."""
    found = {one.current_id: mine for one, mine in zip(submissions, prints, strict=True) if one.current_id and mine}
    if not found:
        return []
    remember(found)
    owners = {one.current_id: one.id for one in submissions}
    return alike_to([Asked(one, owners[one], fingerprint) for one, mine in found.items() for fingerprint in mine])


def lock(submissions: Iterable[Submission], alike: Iterable[Alike]) -> dict[UUID, Submission]:
    """All that the copies concern, locked in one order until the transaction ends, as they stand now."""
    ids = {one.id for one in submissions} | {one.other_submission_id for one in alike}
    rows = Submission.objects.select_for_update(of=("self",)).filter(id__in=ids).select_related("current", "campaign")
    return {row.id: row for row in rows.order_by("id")}


def settle(
    alike: Sequence[Alike], *, revision_ids: Sequence[UUID], locked: dict[UUID, Submission], now: datetime
) -> dict[UUID, Settled]:
    """Write down who copied whom; what is known of each revision. Whom an earlier one overtakes is judged again.

    The locks make it exact: of two that are alike, whoever settles last sees what the other wrote.
    """
    standing = [one for one in alike if _stands(one, locked[one.other_submission_id])]
    rows = [_copy(one, locked[one.other_submission_id].status, now) for one in standing]
    pairs = {(row.revision_id, row.original_id) for row in rows}
    decided = Q()
    for revision_id, original_id in pairs:
        decided |= Q(revision=original_id, original=revision_id)
    before = set(Copy.objects.filter(decided).values_list("original", "revision")) if pairs else set()
    rows = [row for row in rows if (row.revision_id, row.original_id) not in before]
    Copy.objects.bulk_create(rows, ignore_conflicts=True)
    ours = set(revision_ids)
    overtaken = {row.revision_id for row in rows} - ours
    _judge_again([one for one in locked.values() if one.current_id in overtaken], now)
    copies = Copy.objects.filter(revision__in=ours)
    return {
        one: Settled([row for row in copies if row.revision_id == one], _nearest(one, standing, locked)) for one in ours
    }


def duplicate_scores(
    revision_id: UUID, kinds: Iterable[str], copies: Sequence[Copy], *, now: datetime
) -> list[Score]:  # fmt: skip
    """For each part that was contributed before how alike it is; 0 for a kind that is all new.

    Whose it was stays in `Copy`: scores are shown to the contributor.
    """
    best: dict[tuple[str, str], float] = {}
    for copy in copies:
        place = (copy.kind, copy.part)
        best[place] = max(best.get(place, 0.0), copy.similarity)
    new = {(kind, ""): 0.0 for kind in kinds if kind not in {kind for kind, _ in best}}
    return [
        Score(
            revision_id=revision_id,
            metric=METRIC.format(kind=kind),
            part=part,
            value=value,
            measured_at=now,
            **PLATFORM,
        )
        for (kind, part), value in sorted({**new, **best}.items())
    ]


def _stands(alike: Alike, other: Submission) -> bool:
    """Whether the other side is still what was compared."""
    return other.current_id == alike.other_id and other.status in LIVE


def _copy(alike: Alike, other_status: str, now: datetime) -> Copy:
    if comes_first(alike, other_status=other_status):
        return Copy(
            revision_id=alike.revision_id, part=alike.part, original_id=alike.other_id,
            original_part=alike.other_part, kind=alike.kind, similarity=alike.similarity, changes=alike.changes,
            found_at=now,
        )  # fmt: skip
    return Copy(
        revision_id=alike.other_id, part=alike.other_part, original_id=alike.revision_id, original_part=alike.part,
        kind=alike.other_kind, similarity=alike.similarity, changes=alike.changes_back, found_at=now,
    )  # fmt: skip


def _nearest(revision_id: UUID, standing: Sequence[Alike], locked: dict[UUID, Submission]) -> float:
    accepted = (
        one.similarity * WEIGHTS[one.kind]
        for one in standing
        if one.revision_id == revision_id and locked[one.other_submission_id].status == SubmissionStatus.ACCEPTED
    )
    return max(accepted, default=0.0)


def _judge_again(overtaken: Sequence[Submission], now: datetime) -> None:
    """Work under review turned out to have been contributed before by somebody whose scoring took longer."""
    under_review = [one for one in overtaken if one.status == SubmissionStatus.IN_REVIEW]
    by_campaign = judgings.judgings_of({one.campaign_id for one in under_review}, now=now)
    begun = gate_verdicts.in_peoples_hands([one.current_id for one in under_review], now=now)
    for submission in under_review:
        revision = submission.current
        assert revision is not None, "what is under review has a revision"
        kinds = set(Fingerprint.objects.filter(revision=revision).values_list("kind", flat=True))
        new = duplicate_scores(revision.id, kinds, list(Copy.objects.filter(revision=revision)), now=now)
        Score.objects.bulk_create(new, ignore_conflicts=True)
        judging = by_campaign[submission.campaign_id]
        verdict = judge(judging.policy, list(revision.scores.all()), revision.record, judging.calibrations)
        standing = GateOutcome.objects.filter(revision=revision).order_by("-judged_at", "-id").first()
        novelty = standing.novelty if standing else 1.0
        gate_verdicts.outcome_row(
            verdict, revision_id=revision.id, ruleset=judging.ruleset, novelty=novelty, now=now
        ).save(force_insert=True)
        if verdict.outcome == Outcome.REJECT and revision.id not in begun:
            Decision.objects.bulk_create([gate_verdicts.reject(verdict, submission, now=now)])
