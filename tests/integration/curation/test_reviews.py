"""Judging through the services: leases, blindness, decisions."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from accounts.roles import Role
from common.errors import DomainError, NotAllowed
from curation.lifecycle import EventKind, ReviewStatus, SubmissionStatus
from curation.models import Decision, Event, Review, Submission
from curation.reasons import Reason
from curation.services import moves, reviews
from tests.factories import curation as make
from tests.factories.curation import NOW

pytestmark = pytest.mark.django_db


def reviewer() -> User:
    return make.person(Role.REVIEWER, name="reviewer")


def judge(by: User, verdict: str = "approve", reasons: list[str] | None = None, note: str = "") -> Review:
    review = reviews.take_next(reviewer=by, now=NOW)
    needed = [] if verdict == "approve" else [Reason.CAPTION_WRONG]
    return reviews.cast_vote(
        review_id=review.id, reviewer=by, verdict=verdict, reasons=reasons or needed, note=note, now=NOW
    )


def waiting(count: int = 1, **fields: Any) -> list[Submission]:
    campaign = fields.pop("campaign", None) or make.campaign()
    return [make.submission(campaign, make.person(), **fields) for _ in range(count)]


def status_of(submission: Submission) -> str:
    return make.submission_of(submission.id).status


def test_two_equal_verdicts_decide() -> None:
    [submission] = waiting()
    judge(reviewer())
    assert status_of(submission) == SubmissionStatus.IN_REVIEW
    judge(reviewer())
    assert status_of(submission) == SubmissionStatus.ACCEPTED
    kinds = list(Event.objects.filter(submission=submission).order_by("id").values_list("kind", flat=True))
    assert kinds == [EventKind.REVIEWED, EventKind.REVIEWED, EventKind.ACCEPTED]


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        (["approve", "reject", "approve"], SubmissionStatus.ACCEPTED),
        (["reject", "approve", "reject"], SubmissionStatus.REJECTED),
        (["approve", "reject", "request_changes"], SubmissionStatus.CHANGES_REQUESTED),
        (["request_changes", "request_changes"], SubmissionStatus.CHANGES_REQUESTED),
    ],
)
def test_disagreement_asks_a_third_and_a_three_way_tie_asks_for_changes(verdicts: list[str], status: str) -> None:
    [submission] = waiting()
    for verdict in verdicts:
        assert status_of(submission) == SubmissionStatus.IN_REVIEW
        judge(reviewer(), verdict)
    assert status_of(submission) == status
    assert Decision.objects.get(revision=submission.current).source == "reviews"


def test_one_review_decides_where_the_campaign_asks_for_one() -> None:
    [submission] = waiting(campaign=make.campaign(reviews_needed=1))
    judge(reviewer(), "reject", [Reason.DUPLICATE], "Seen before.")
    decision = Decision.objects.get(revision=submission.current)
    assert (decision.outcome, decision.reasons, decision.notes) == ("reject", ["duplicate"], ["Seen before."])


def test_nearly_decided_comes_first_then_the_longest_waiting() -> None:
    older, newer = waiting(2)
    first = reviewer()
    reviews.release(review_id=reviews.take_next(reviewer=first, now=NOW).id, reviewer=first, now=NOW)
    Submission.objects.filter(id=newer.id).update(reviews_cast=1)
    taken = reviews.take_next(reviewer=reviewer(), now=NOW)
    assert taken.revision_id == newer.current_id
    assert reviews.take_next(reviewer=reviewer(), now=NOW).revision_id == older.current_id


def test_author_cannot_review_own_submission() -> None:
    author = make.person(Role.REVIEWER, Role.CONTRIBUTOR)
    submission = make.submission(make.campaign(), author)
    with pytest.raises(reviews.NothingToReview):
        reviews.take_next(reviewer=author, now=NOW)
    review = Review.objects.create(
        revision=submission.current, reviewer=author, leased_until=NOW + timedelta(minutes=5), created_at=NOW
    )
    with pytest.raises(NotAllowed):
        reviews.cast_vote(review_id=review.id, reviewer=author, verdict="approve", reasons=[], now=NOW)


def test_nobody_judges_the_same_revision_twice() -> None:
    waiting()
    someone = reviewer()
    judge(someone)
    with pytest.raises(reviews.NothingToReview):
        reviews.take_next(reviewer=someone, now=NOW)


def test_no_more_leases_than_judgements_needed() -> None:
    waiting()
    for _ in range(2):
        reviews.take_next(reviewer=reviewer(), now=NOW)
    with pytest.raises(reviews.NothingToReview):
        reviews.take_next(reviewer=reviewer(), now=NOW)


def test_the_held_review_is_given_again() -> None:
    waiting(3)
    someone = reviewer()
    first = reviews.take_next(reviewer=someone, now=NOW)
    again = reviews.take_next(reviewer=someone, now=NOW + timedelta(minutes=1))
    assert again.id == first.id
    assert Review.objects.filter(reviewer=someone).count() == 1


def test_what_comes_next_can_be_held_beforehand_and_is_given_then() -> None:
    waiting(3)
    someone = reviewer()
    shown = reviews.take_next(reviewer=someone, now=NOW)
    ahead = reviews.take_ahead(reviewer=someone, now=NOW)
    assert (ahead.id != shown.id, ahead.begun_at) == (True, None)
    later = NOW + timedelta(minutes=1)
    assert reviews.take_ahead(reviewer=someone, now=later).leased_until == later + reviews.LEASE
    assert reviews.take_next(reviewer=someone, now=NOW).id == shown.id
    reviews.cast_vote(review_id=shown.id, reviewer=someone, verdict="approve", reasons=[], now=NOW)
    begun = reviews.take_next(reviewer=someone, now=later)
    assert (begun.id, begun.begun_at) == (ahead.id, later)
    assert Review.objects.filter(reviewer=someone).count() == 2


def test_what_is_held_ahead_can_be_given_back_and_held_ahead_again() -> None:
    waiting(2)
    someone = reviewer()
    shown = reviews.take_next(reviewer=someone, now=NOW)
    ahead = reviews.take_ahead(reviewer=someone, now=NOW)
    reviews.release(review_id=ahead.id, reviewer=someone, now=NOW)
    assert reviews.take_ahead(reviewer=someone, now=NOW).id == ahead.id
    reviews.release(review_id=shown.id, reviewer=someone, now=NOW)
    assert reviews.take_again(review_id=shown.id, reviewer=someone, now=NOW).id == shown.id


def test_nothing_is_held_ahead_where_nothing_else_waits() -> None:
    waiting()
    someone = reviewer()
    reviews.take_next(reviewer=someone, now=NOW)
    with pytest.raises(reviews.NothingToReview):
        reviews.take_ahead(reviewer=someone, now=NOW)


def test_an_expired_lease_is_free_for_another_and_refused_to_its_holder() -> None:
    waiting(campaign=make.campaign(reviews_needed=1))
    slow, quick = reviewer(), reviewer()
    lost = reviews.take_next(reviewer=slow, now=NOW)
    later = NOW + reviews.LEASE + timedelta(seconds=1)
    taken = reviews.take_next(reviewer=quick, now=later)
    assert taken.revision_id == lost.revision_id
    with pytest.raises(reviews.LeaseExpired):
        reviews.cast_vote(review_id=lost.id, reviewer=slow, verdict="approve", reasons=[], now=later)
    with pytest.raises(reviews.LeaseExpired):
        reviews.heartbeat(review_id=lost.id, reviewer=slow, now=later)


def test_heartbeat_holds_the_lease_longer() -> None:
    waiting()
    someone = reviewer()
    review = reviews.take_next(reviewer=someone, now=NOW)
    later = NOW + timedelta(minutes=15)
    assert reviews.heartbeat(review_id=review.id, reviewer=someone, now=later).leased_until == later + reviews.LEASE


def test_a_released_review_can_be_taken_again() -> None:
    waiting()
    someone = reviewer()
    review = reviews.take_next(reviewer=someone, now=NOW)
    reviews.release(review_id=review.id, reviewer=someone, now=NOW)
    assert reviews.release(review_id=review.id, reviewer=someone, now=NOW).status == ReviewStatus.RELEASED
    with pytest.raises(reviews.LeaseExpired):
        reviews.cast_vote(review_id=review.id, reviewer=someone, verdict="approve", reasons=[], now=NOW)
    assert reviews.take_next(reviewer=someone, now=NOW).id == review.id


def test_the_same_vote_again_changes_nothing_and_another_is_refused() -> None:
    [submission] = waiting()
    someone = reviewer()
    review = judge(someone)
    again = reviews.cast_vote(review_id=review.id, reviewer=someone, verdict="approve", reasons=[], now=NOW)
    assert again.cast_at == review.cast_at
    assert Event.objects.filter(kind=EventKind.REVIEWED).count() == 1
    assert make.submission_of(submission.id).reviews_cast == 1
    with pytest.raises(reviews.ReviewAlreadyCast):
        reviews.cast_vote(review_id=review.id, reviewer=someone, verdict="reject", reasons=[Reason.UNSAFE], now=NOW)


def test_a_refusal_needs_a_reason_and_other_needs_a_note() -> None:
    waiting()
    someone = reviewer()
    review = reviews.take_next(reviewer=someone, now=NOW)
    for reasons in ([], [Reason.OTHER]):
        with pytest.raises(reviews.ReasonNeeded):
            reviews.cast_vote(review_id=review.id, reviewer=someone, verdict="reject", reasons=reasons, now=NOW)


def test_a_vote_on_what_was_withdrawn_meanwhile_is_refused() -> None:
    [submission] = waiting()
    someone = reviewer()
    review = reviews.take_next(reviewer=someone, now=NOW)
    moves.move_submission(submission.id, to=SubmissionStatus.WITHDRAWN, now=NOW)
    with pytest.raises(reviews.NoLongerInReview):
        reviews.cast_vote(review_id=review.id, reviewer=someone, verdict="approve", reasons=[], now=NOW)
    with pytest.raises(reviews.NothingToReview):
        reviews.take_next(reviewer=someone, now=NOW)


def test_a_review_is_known_to_nobody_but_its_reviewer() -> None:
    waiting()
    review = reviews.take_next(reviewer=reviewer(), now=NOW)
    with pytest.raises(reviews.NoSuchReview):
        reviews.cast_vote(review_id=review.id, reviewer=reviewer(), verdict="approve", reasons=[], now=NOW)


def test_the_queue_of_one_campaign_holds_no_other() -> None:
    waiting(2)
    mine = make.campaign()
    [submission] = waiting(campaign=mine)
    taken = reviews.take_next(reviewer=reviewer(), wanted=reviews.Wanted(mine.id), now=NOW)
    assert taken.revision_id == submission.current_id


def test_a_reviewer_who_judged_the_whole_head_still_gets_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews.review_queue, "WINDOW", 2)
    waiting(4)
    someone = reviewer()
    for _ in range(4):
        judge(someone)
    with pytest.raises(reviews.NothingToReview):
        reviews.take_next(reviewer=someone, now=NOW)
    [last] = waiting()
    Submission.objects.filter(id=last.id).update(reviews_cast=1)
    assert reviews.take_next(reviewer=someone, now=NOW).revision_id == last.current_id


def test_sweeping_gives_back_what_ran_out() -> None:
    waiting()
    review = reviews.take_next(reviewer=reviewer(), now=NOW)
    assert reviews.sweep(now=NOW + timedelta(minutes=5)) == 0
    assert reviews.sweep(now=NOW + timedelta(hours=1)) == 1
    review.refresh_from_db()
    assert review.status == ReviewStatus.RELEASED


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """What each call returned or raised, all started at the same moment on connections of their own."""
    barrier = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(index: int) -> None:
        barrier.wait()
        try:
            results[index] = calls[index]()
        except DomainError as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_reviewers_at_once_never_hold_more_leases_than_needed() -> None:
    waiting(3)
    people = [reviewer() for _ in range(8)]
    at_once([lambda who=who: reviews.take_next(reviewer=who, now=NOW) for who in people])
    leases = list(Review.objects.values_list("revision_id", flat=True))
    assert len(leases) <= 6
    assert all(leases.count(revision) <= 2 for revision in leases)


@pytest.mark.django_db(transaction=True)
def test_one_reviewer_asking_twice_at_once_holds_one_review() -> None:
    waiting(4)
    someone = reviewer()
    taken = at_once([lambda: reviews.take_next(reviewer=someone, now=NOW).id for _ in range(4)])
    assert len(set(taken)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_votes_at_once_decide_once() -> None:
    [submission] = waiting()
    people = [reviewer(), reviewer()]
    held = [reviews.take_next(reviewer=who, now=NOW) for who in people]
    at_once(
        [
            lambda review=review, who=who: reviews.cast_vote(
                review_id=review.id, reviewer=who, verdict="approve", reasons=[], now=NOW
            )
            for review, who in zip(held, people, strict=True)
        ]
    )
    assert status_of(submission) == SubmissionStatus.ACCEPTED
    assert Decision.objects.filter(revision=submission.current).count() == 1
    assert Event.objects.filter(submission=submission, kind=EventKind.ACCEPTED).count() == 1
    assert make.submission_of(submission.id).reviews_cast == 2
