"""Stored scores judged again by the policies as they are now: in batches, resumable, without running a model.

Only what is still open is touched. What people decided stays decided; of what the gates rejected, and of what is under
review, the request says whether a verdict may move it (docs/adr/0015).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from common import leases
from common.errors import DomainError, NotFound
from common.tasks import wake
from curation import policies
from curation.gating import Outcome, Verdict, judge
from curation.lifecycle import BuildStatus, SubmissionStatus
from curation.models import Decision, GateOutcome, Rejudgement, Score, Submission
from curation.services import gate_verdicts, judgings, reopening
from curation.services.gate_verdicts import BY_GATES
from curation.services.judgings import Judging

log = structlog.get_logger(__name__)

TASK = "curation.tasks.rejudge_waiting"
LEASE = timedelta(seconds=120)
BATCH = 50
MAX_ATTEMPTS = 5
Clock = Callable[[], datetime]


class NoSuchRejudgement(NotFound):
    code = "rejudgement_not_found"


class AlreadyRejudging(DomainError):
    """One is at work on the same campaign, or on all of them."""

    code = "already_rejudging"


@dataclass(frozen=True)
class Standing:
    """One submission with all that its new verdict depends on, and the verdict that stands."""

    submission: Submission
    scores: Sequence[Score]
    outcome: GateOutcome
    in_peoples_hands: bool  # a judgement was cast, or somebody is judging right now


def start(
    *, campaign_id: UUID | None, reject_in_review: bool, reopen_rejected: bool, actor: User, now: datetime
) -> Rejudgement:
    """A re-judgement that a worker will do, of one campaign or of all.

    Args:
        reject_in_review: What is under review and the gates now reject is rejected, unless somebody has begun to judge
            it; otherwise it stays under review with the new findings.
        reopen_rejected: What the gates had rejected and would now let pass goes under review, as a new revision;
            otherwise it is only counted.

    Raises:
        AlreadyRejudging: The same is being judged again already.
    """
    with transaction.atomic():
        overlapping = Rejudgement.objects.select_for_update().filter(status=BuildStatus.BUILDING)
        if campaign_id is not None:
            overlapping = overlapping.filter(Q(campaign=None) | Q(campaign_id=campaign_id))
        if running := overlapping.first():
            raise AlreadyRejudging(f"{running.done} of {running.total} are done already. Wait until it has ended.")
        job = Rejudgement.objects.create(
            campaign_id=campaign_id,
            reject_in_review=reject_in_review,
            reopen_rejected=reopen_rejected,
            total=_open_work(campaign_id).count(),
            created_by=actor,
            created_at=now,
        )
        wake(TASK)
    return job


def find(rejudgement_id: UUID) -> Rejudgement:
    """Raises `NoSuchRejudgement`."""
    job = Rejudgement.objects.filter(id=rejudgement_id).first()
    if job is None:
        raise NoSuchRejudgement("There is no such re-judgement.")
    return job


def work_next(*, clock: Clock) -> bool:
    """Do the one that has waited longest, from where it stopped; whether there was one."""
    waiting = Rejudgement.objects.filter(status=BuildStatus.BUILDING)
    for job in leases.claim(waiting, limit=1, lease=LEASE, now=clock()):
        try:
            while _batch(job, clock()):
                pass
        except leases.LeaseLost:
            log.warning("rejudgement_taken_over", rejudgement=str(job.id))
        except Exception as error:
            log.exception("rejudgement_failed", rejudgement=str(job.id), attempt=job.attempts)
            _give_up(job, error, clock())
        return True
    return False


@transaction.atomic
def _batch(job: Rejudgement, now: datetime) -> bool:
    """Judge the next few; whether more follow. All is one transaction, void without the lease."""
    scope = _open_work(job.campaign_id).select_for_update(of=("self",)).select_related("current", "campaign")
    scope = scope.filter(id__gt=job.after) if job.after else scope
    locked = list(scope.order_by("id")[:BATCH])
    counts = Counter(job.counts)
    by_campaign = judgings.judgings_of({one.campaign_id for one in locked}, now=now)
    outcomes: list[GateOutcome] = []
    for standing in _standing(locked, now):
        counts[_judge_again(job, standing, by_campaign[standing.submission.campaign_id], outcomes, now)] += 1
    GateOutcome.objects.bulk_create(outcomes)
    values = {"counts": dict(counts), "done": job.done + len(locked), "leased_until": now + LEASE, "attempts": 0}
    if locked:
        values["after"] = locked[-1].id
    else:
        policies.check_build_move("re-judgement", job.status, BuildStatus.READY)
        values |= leases.released(status=BuildStatus.READY, finished_at=now, total=job.done)
    leases.write_held(job, **values)
    return bool(locked)


def _judge_again(
    job: Rejudgement, one: Standing, judging: Judging, outcomes: list[GateOutcome], now: datetime
) -> str:  # fmt: skip
    """Add the new verdict to `outcomes` and move what may be moved; the name of what happened."""
    if one.outcome.ruleset_id == judging.ruleset.id:
        return "judged_by_these_rules_already"
    assert one.submission.current is not None, "what was judged has a revision"
    verdict = judge(judging.policy, one.scores, one.submission.current.record, judging.calibrations)
    if one.submission.status == SubmissionStatus.REJECTED:
        return _consider_reopening(job, one, verdict, judging, now)
    outcomes.append(
        gate_verdicts.outcome_row(
            verdict,
            revision_id=one.outcome.revision_id,
            ruleset=judging.ruleset,
            novelty=one.outcome.novelty,
            now=now,
        )
    )
    if verdict.outcome != Outcome.REJECT:
        return f"{one.outcome.outcome}_to_{verdict.outcome}"
    if not job.reject_in_review:
        return "would_be_rejected"
    if one.in_peoples_hands:
        return "left_to_reviewers"
    Decision.objects.bulk_create(
        [gate_verdicts.reject(verdict, one.submission, now=now, detail={"rejudgement": str(job.id)})]
    )
    return "rejected"


def _consider_reopening(job: Rejudgement, one: Standing, verdict: Verdict, judging: Judging, now: datetime) -> str:
    if verdict.outcome == Outcome.REJECT:
        return "still_rejected"
    if obstacle := reopening.obstacle(one.submission):
        return f"not_reopened_{obstacle}"
    if not job.reopen_rejected:
        return "would_be_reopened"
    reopening.reopen(
        one.submission,
        verdict,
        ruleset=judging.ruleset,
        novelty=one.outcome.novelty,
        detail={"rejudgement": str(job.id)},
        now=now,
    )
    return "reopened"


def _open_work(campaign_id: UUID | None) -> QuerySet[Submission]:
    """What is under review, and what the gates alone rejected."""
    by_gates = Q(status=SubmissionStatus.REJECTED, current__decision__source=BY_GATES)
    found = Submission.objects.filter(Q(status=SubmissionStatus.IN_REVIEW) | by_gates)
    return found.filter(campaign_id=campaign_id) if campaign_id else found


def _standing(locked: Sequence[Submission], now: datetime) -> list[Standing]:
    """In three queries; what has no verdict yet is left out."""
    revisions = [one.current_id for one in locked]
    newest = GateOutcome.objects.filter(revision__in=revisions).order_by("revision", "-judged_at", "-id")
    outcomes = {row.revision_id: row for row in newest.distinct("revision")}
    scores: dict[UUID, list[Score]] = {}
    for score in Score.objects.filter(revision__in=revisions):
        scores.setdefault(score.revision_id, []).append(score)
    judged = gate_verdicts.in_peoples_hands(revisions, now=now)
    return [
        Standing(one, scores.get(one.current_id, []), outcomes[one.current_id], one.current_id in judged)
        for one in locked
        if one.current_id in outcomes
    ]


def _give_up(job: Rejudgement, error: Exception, now: datetime) -> None:
    """Let the lease run out, to try again from the same place; after too many tries end it by name."""
    if job.attempts < MAX_ATTEMPTS:
        return
    failure = {"code": getattr(error, "code", "rejudging_failed"), "message": str(error)[:1000]}
    with suppress(leases.LeaseLost):
        leases.write_held(job, **leases.released(status=BuildStatus.FAILED, failure=failure, finished_at=now))
