"""Independent judgements: taken on a lease, cast blind, counted by `decisions`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.public import audit
from common.errors import DomainError, InvalidInput, NotAllowed, NotFound
from curation import policies
from curation.lifecycle import EventKind, ReviewStatus, SubmissionStatus
from curation.models import Review, Submission
from curation.models.reviews import Verdict
from curation.reasons import Reason
from curation.selectors import review_batches, review_queue
from curation.selectors.standings import gold_counts_of
from curation.services import decisions, events, gold, standings
from curation.services.moves import lock_submission

LEASE = timedelta(minutes=20)
CANDIDATES = 10
LONGEST_NOTE = 4000


class NothingToReview(NotFound):
    """The queue holds nothing that this reviewer may judge."""

    code = "nothing_to_review"


class NoSuchReview(NotFound):
    code = "review_not_found"


class LeaseExpired(DomainError):
    """The review is no longer held by this reviewer."""

    code = "lease_expired"
    status = HTTPStatus.CONFLICT


class ReviewAlreadyCast(DomainError):
    code = "already_cast"


class NoLongerInReview(DomainError):
    """The submission was withdrawn, resubmitted or decided meanwhile."""

    code = "no_longer_in_review"


class TakenMeanwhile(DomainError):
    """It was given back, and cannot be had again now."""

    code = "taken_meanwhile"
    status = HTTPStatus.CONFLICT


class HoldsAnother(DomainError):
    """One thing at a time."""

    code = "holds_another"
    status = HTTPStatus.CONFLICT


class ReviewerPaused(NotAllowed):
    """Too many items whose verdict is known were judged otherwise."""

    code = "reviewer_paused"


class ReasonNeeded(InvalidInput):
    code = "reason_needed"


@dataclass(frozen=True)
class Wanted:
    """What a reviewer asks for; what is left out does not narrow.

    Attributes:
        batch: The key of a batch, as `review_batches.waiting_for` gives it: only this contributor's submissions.
        passed_over: Submissions that they gave back and do not want again now.
    """

    campaign_id: UUID | None = None
    batch: str | None = None
    passed_over: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Held:
    """A reviewer's live leases: on what is on their screen, and on what comes next."""

    shown: Review | None
    ahead: Review | None


def take_next(*, reviewer: User, wanted: Wanted = Wanted(), now: datetime) -> Review:
    """A submission to judge, held by this reviewer for 20 minutes; the one they already hold, if any, or have ahead.

    Nearly decided ones come first, then the longest waiting. Never the reviewer's own, never a revision they judged
    before, and no more at once than judgements are still needed. One in twenty is a gold item in place of waiting work.

    Raises:
        NothingToReview: Nothing waits that this reviewer may judge.
        NoSuchBatch: Nothing of that contributor waits any more.
        ReviewerPaused: They get qualification items alone, and there is none that they have not judged.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=reviewer.pk)  # two clicks at once must not take two
        held = _held_by(reviewer, now=now)
        waiting = held.shown or held.ahead
        return _begin(waiting or _find(reviewer, wanted, now=now), now=now)


def take_ahead(*, reviewer: User, wanted: Wanted = Wanted(), now: datetime) -> Review:
    """What `take_next` gives after the one on the screen: held already, so that it can be loaded meanwhile.

    Chosen as `take_next` chooses, gold items among it; held for 20 minutes, for longer when asked again.

    Raises:
        NothingToReview, NoSuchBatch, ReviewerPaused: As `take_next`.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=reviewer.pk)
        held = _held_by(reviewer, now=now)
        if held.ahead:
            return _renew(held.ahead, now=now)
        shown = (held.shown.revision.submission_id,) if held.shown else ()
        others = replace(wanted, passed_over=(*wanted.passed_over, *shown))
        ahead = _find(reviewer, others, now=now)
        ahead.begun_at = None
        ahead.save(update_fields=["begun_at"])
    return ahead


def take_again(*, review_id: UUID, reviewer: User, now: datetime) -> Review:
    """Hold a review again whose lease ran out or was given back, where its submission is still free.

    Raises:
        NoSuchReview: Not this reviewer's.
        ReviewAlreadyCast: They judged it.
        HoldsAnother: They hold another one now.
        TakenMeanwhile: Others hold it, or it is no longer under review.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=reviewer.pk)
        review = _own(review_id, reviewer)
        held = _held_by(reviewer, now=now)
        if held.shown and held.shown.id != review.id:
            raise HoldsAnother("You hold another review now. Judge it or give it back first.")
        _check_not_cast(review)
        if review.gold_id is not None:
            return _begin(_hold(review, now=now), now=now)
        again = _lease(review.revision.submission_id, reviewer, now=now)
        if again is None or again.id != review.id:
            raise TakenMeanwhile("Others are judging this now, or it is no longer under review. Take the next one.")
        return _begin(again, now=now)


def heartbeat(*, review_id: UUID, reviewer: User, now: datetime) -> Review:
    """Hold the review for 20 minutes from now. Raises `LeaseExpired`, `NoSuchReview`, `ReviewAlreadyCast`."""
    with transaction.atomic():
        review = _own(review_id, reviewer)
        _check_held(review, now=now)
        return _renew(review, now=now)


def held(*, review_id: UUID, reviewer: User, now: datetime) -> Review:
    """The review while it is held. Raises `LeaseExpired`, `NoSuchReview`, `ReviewAlreadyCast`."""
    review = _own(review_id, reviewer, lock=False)
    _check_held(review, now=now)
    return review


def release(*, review_id: UUID, reviewer: User, now: datetime) -> Review:
    """Give the review back unjudged; giving it back again changes nothing.

    Raises:
        NoSuchReview: Not this reviewer's.
        WrongStatus: It was cast.
    """
    with transaction.atomic():
        review = _own(review_id, reviewer)
        return review if review.status == ReviewStatus.RELEASED else _move(review, ReviewStatus.RELEASED, until=now)


def cast_vote(
    *, review_id: UUID, reviewer: User, verdict: Verdict, reasons: Sequence[Reason], note: str = "", now: datetime
) -> Review:
    """Record one independent judgement; decide the revision when enough agree.

    Locks the submission. Casting the same verdict again changes nothing.

    Raises:
        LeaseExpired: The review is no longer held by this reviewer.
        NotAllowed: The reviewer is the author.
        ReviewAlreadyCast: With another verdict.
        NoLongerInReview: The revision is not the one under review any more.
        ReasonNeeded: Changes or a rejection without a reason.
    """
    _check_explained(verdict, reasons, note)
    with transaction.atomic():
        submission = lock_submission(_own(review_id, reviewer, lock=False).revision.submission_id)
        review = _own(review_id, reviewer)
        if review.status == ReviewStatus.CAST and review.verdict == verdict:
            return review
        _check_held(review, now=now)
        if review.gold_id is None:
            _check_judgeable(submission, review)
        review.verdict, review.reasons, review.note = verdict, sorted(set(reasons)), note
        review.cast_at = now
        _move(review, ReviewStatus.CAST, until=now, also=["verdict", "reasons", "note", "cast_at"])
        _record(submission, review, now=now)
        detail = {"review": str(review.id), "verdict": verdict, "reasons": review.reasons}
        audit("review.cast", actor=reviewer, now=now, about=("submission", submission.id), detail=detail)
        if review.gold_id is not None:
            gold.judged(review, now=now)
        else:
            decisions.count_vote(submission, review.revision, now=now)
    return review


def _record(submission: Submission, review: Review, *, now: datetime) -> None:
    """Every judgement is paid alike, or pay would tell gold from work; contributors read of their own work alone."""
    hidden = review.gold_id is not None
    # No actor: the contributor reads a submission's events, and who judged stays hidden.
    events.record(
        EventKind.REVIEWED,
        at=now,
        campaign=submission.campaign,
        submission=None if hidden else submission,
        revision=None if hidden else review.revision,
        detail={"review_id": str(review.id)},
        facts={"gold": gold_counts_of(review.reviewer_id)},
    )


def sweep(*, now: datetime) -> int:
    """Mark what nobody holds any more as given back; the number of reviews. Nothing waits for this."""
    expired = Review.objects.filter(status=ReviewStatus.LEASED, leased_until__lt=now)
    return expired.update(status=ReviewStatus.RELEASED)


def _find(reviewer: User, wanted: Wanted, *, now: datetime) -> Review:
    """Something that they do not hold yet, leased. Raises `NothingToReview`, `NoSuchBatch`, `ReviewerPaused`."""
    if standings.is_paused(reviewer.pk):
        return _qualification(reviewer, now=now)
    asked = _asked(reviewer, wanted)
    for look in (review_queue.heads_for, review_queue.whole_queue_for):
        candidates = look(reviewer.pk, asked=asked, limit=CANDIDATES, now=now)
        taken = _take_of(candidates, reviewer, campaign_id=wanted.campaign_id, now=now)
        if taken:
            return taken
    raise NothingToReview("Nothing waits for your review now. Come back later.")


def _asked(reviewer: User, wanted: Wanted) -> review_queue.Asked:
    key = wanted.batch
    contributor_id = review_batches.contributor_of(key, reviewer_id=reviewer.pk) if key else None
    return review_queue.Asked(wanted.campaign_id, contributor_id, wanted.passed_over)


def _take_of(candidates: Sequence[UUID], reviewer: User, *, campaign_id: UUID | None, now: datetime) -> Review | None:
    """The first of the candidates that is still free, or a gold item in its place where one is due."""
    if candidates and gold.is_due(reviewer.pk):
        hidden = gold.lease(reviewer, campaign_id=campaign_id, until=LEASE, now=now)
        if hidden:
            return hidden
    leases = (_lease(submission_id, reviewer, now=now) for submission_id in candidates)
    return next(filter(None, leases), None)


def _lease(submission_id: UUID, reviewer: User, *, now: datetime) -> Review | None:
    """The review, or None where somebody is just taking or deciding this submission."""
    waiting = Submission.objects.filter(id=submission_id, status=SubmissionStatus.IN_REVIEW)
    submission = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("campaign").first()
    if submission is None or submission.current_id is None:
        return None
    known = list(Review.objects.filter(revision_id=submission.current_id))
    mine = next((review for review in known if review.reviewer_id == reviewer.pk), None)
    others = [review for review in known if review is not mine and _is_held(review, now=now)]
    needed = policies.judgements_needed(submission.reviews_cast, needed=submission.judgements_needed)
    if len(others) >= needed or (mine and mine.status == ReviewStatus.CAST):
        return None
    if mine is None:
        return Review.objects.create(
            revision_id=submission.current_id, reviewer=reviewer, leased_until=now + LEASE, created_at=now
        )
    return _hold(mine, now=now)


def _hold(mine: Review, *, now: datetime) -> Review:
    if mine.status == ReviewStatus.RELEASED:
        return _move(mine, ReviewStatus.LEASED, until=now + LEASE)
    return _renew(mine, now=now)


def _qualification(reviewer: User, *, now: datetime) -> Review:
    """A gold item for somebody who has to show that they judge as is expected. Raises `ReviewerPaused`."""
    item = gold.lease(reviewer, campaign_id=None, until=LEASE, now=now)
    if item is None:
        raise ReviewerPaused(
            "You are paused as a reviewer: too many of your judgements of checked items were not the expected ones."
            " Your standing says how many; they count less with time, and an operator can add items for you to judge."
        )
    return item


def _held_by(reviewer: User, *, now: datetime) -> Held:
    held = Review.objects.filter(reviewer=reviewer, status=ReviewStatus.LEASED, leased_until__gt=now)
    live = [review for review in held.select_related("revision__submission").order_by("id") if _can_be_judged(review)]
    return Held(
        shown=next((review for review in live if review.begun_at), None),
        ahead=next((review for review in live if not review.begun_at), None),
    )


def _can_be_judged(review: Review) -> bool:
    """Whether it is a gold item, or its submission still waits with this very revision."""
    submission = review.revision.submission
    waits = submission.status == SubmissionStatus.IN_REVIEW and submission.current_id == review.revision_id
    return waits or review.gold_id is not None


def _own(review_id: UUID, reviewer: User, *, lock: bool = True) -> Review:
    rows = Review.objects.select_related("revision").filter(id=review_id, reviewer=reviewer)
    review = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if review is None:
        raise NoSuchReview("You hold no such review.")
    return review


def _move(review: Review, to: ReviewStatus, until: datetime, *, also: Sequence[str] = ()) -> Review:
    policies.check_review_move(review.status, to)
    review.status, review.leased_until = to, until
    review.save(update_fields=["status", "leased_until", *also])
    return review


def _renew(review: Review, *, now: datetime) -> Review:
    review.leased_until = now + LEASE
    review.save(update_fields=["leased_until"])
    return review


def _begin(review: Review, *, now: datetime) -> Review:
    """It is on the screen from now on, for 20 minutes at least."""
    review.begun_at = review.begun_at or now
    review.leased_until = now + LEASE
    review.save(update_fields=["begun_at", "leased_until"])
    return review


def _is_held(review: Review, *, now: datetime) -> bool:
    return review.status == ReviewStatus.LEASED and review.leased_until > now


def _check_not_cast(review: Review) -> None:
    if review.status == ReviewStatus.CAST:
        raise ReviewAlreadyCast(f"You already judged this: {Verdict(review.verdict).label.lower()}.")


def _check_held(review: Review, *, now: datetime) -> None:
    _check_not_cast(review)
    if not _is_held(review, now=now):
        raise LeaseExpired("You no longer hold this review; another person may have it. Take the next one.")


def _check_judgeable(submission: Submission, review: Review) -> None:
    if submission.contributor_id == review.reviewer_id:
        raise NotAllowed("You cannot review your own submission.")
    if submission.status != SubmissionStatus.IN_REVIEW or submission.current_id != review.revision_id:
        raise NoLongerInReview("This is no longer under review: it was withdrawn or changed. Take the next one.")


def _check_explained(verdict: Verdict, reasons: Sequence[Reason], note: str) -> None:
    if verdict != Verdict.APPROVE and not reasons:
        message = "Give at least one reason, so that the contributor knows what to change."
        raise ReasonNeeded(message, fields={"reasons": [message]})
    if Reason.OTHER in reasons and not note.strip():
        message = "Say in the note what it is."
        raise ReasonNeeded(message, fields={"note": [message]})
    if len(note) > LONGEST_NOTE:
        message = f"A note has at most {LONGEST_NOTE} characters."
        raise InvalidInput(message, fields={"note": [message]})
