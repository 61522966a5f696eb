"""Rejections that their authors dispute, through HTTP."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Notification, User
from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from curation.models import Decision, Dispute, GateOutcome, Review, RevisionAsset, Score, Submission
from curation.services import disputes, moves, reviews, standings, submissions
from curation.tasks import tell_people
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
TEXT = {"text": "The logo is part of the scene."}


@pytest.fixture
def ana() -> User:
    return make.person(name="ana")


@pytest.fixture
def reviewer() -> User:
    return make.person(Role.REVIEWER)


@pytest.fixture
def rejected(ana: User) -> Submission:
    return rejected_of(ana)


def rejected_of(author: User, *, at: datetime | None = None, by: User | None = None) -> Submission:
    """Rejected by this reviewer at this time."""
    at = at or timezone.now()
    submission = make.submission(make.campaign(reviews_needed=1), author)
    if by:
        Review.objects.create(
            revision=submission.current, reviewer=by, status="cast", verdict="reject", reasons=["watermark"],
            leased_until=at, created_at=at, cast_at=at,
        )  # fmt: skip
    Decision.objects.create(
        revision=submission.current, outcome="reject", source="reviews", reasons=["watermark"], decided_at=at
    )
    return moves.move_submission(submission.id, to=SubmissionStatus.REJECTED, now=at)


def disputed(author: User, submission: Submission, code: int = 201) -> dict[str, Any]:
    client = signed_in(author)
    return answer(client.post(f"/api/v1/submissions/{submission.id}/dispute", TEXT), code)


def answered(person: User, dispute: dict[str, Any], *, overturn: bool, code: int = 200) -> dict[str, Any]:
    body = {"overturn": overturn, "answer": "Looked at again."}
    return answer(signed_in(person).post(f"/api/v1/disputes/{dispute['id']}/answer", body), code)


def test_whoever_may_answer_reads_the_files_while_the_dispute_is_open(ana: User, reviewer: User) -> None:
    judge = make.person(Role.REVIEWER)
    rejected = rejected_of(ana, by=judge)
    photo = make.asset(ana, b"a picture", kind="image", content_type="image/png", stored=False)
    placed = RevisionAsset.objects.create(revision=rejected.current, asset=photo, path="reference_images.0")

    def readable(person: User) -> bool:
        return signed_in(person).get(f"/api/v1/assets/{placed.asset_id}").status_code == 200

    assert not readable(reviewer)
    dispute = disputed(ana, rejected)
    assert [readable(one) for one in (reviewer, judge, make.person())] == [True, False, False]
    answered(reviewer, dispute, overturn=False)
    assert not readable(reviewer)


def test_overturned_rejection_is_reviewed_again_as_a_new_revision_with_its_scores(
    ana: User, reviewer: User, rejected: Submission
) -> None:
    before = rejected.current
    dispute = disputed(ana, rejected)
    assert (dispute["status"], dispute["decision"]["reasons"]) == ("open", ["watermark"])
    assert answered(reviewer, dispute, overturn=True)["status"] == "overturned"
    again = make.submission_of(rejected.id)
    assert (again.status, again.current.number) == ("in_review", 2)
    assert again.current.record_sha256 == before.record_sha256
    assert Score.objects.filter(revision=again.current).count() == Score.objects.filter(revision=before).count()
    assert GateOutcome.objects.filter(revision=again.current).count() == 1
    review = reviews.take_next(reviewer=make.person(Role.REVIEWER), now=timezone.now())
    assert review.revision_id == again.current_id
    kinds = [one["kind"] for one in answer(signed_in(ana).get(f"/api/v1/submissions/{rejected.id}/events"))["results"]]
    assert {"disputed", "dispute_overturned", "rejected", "in_review"} <= set(kinds)


def test_upheld_rejection_stands_and_its_author_is_told_why(ana: User, reviewer: User, rejected: Submission) -> None:
    undisputed = signed_in(ana).get(f"/api/v1/submissions/{rejected.id}/dispute")
    assert (undisputed.status_code, undisputed.content) == (204, b"")
    dispute = disputed(ana, rejected)
    answered(reviewer, dispute, overturn=False)
    assert make.submission_of(rejected.id).status == "rejected"
    shown = answer(signed_in(ana).get(f"/api/v1/submissions/{rejected.id}/dispute"))
    assert (shown["status"], shown["answer"]) == ("upheld", "Looked at again.")
    tell_people()
    told = Notification.objects.get(kind="dispute_answered")
    assert told.parameters["explanation"] == "Looked at again."


def test_decision_is_disputed_once_by_its_author_and_within_two_weeks(ana: User, reviewer: User) -> None:
    rejected = rejected_of(ana)
    disputed(ana, rejected)
    assert disputed(ana, rejected, 409)["code"] == "disputed_already"
    assert disputed(make.person(), rejected, 404)["code"] == "submission_not_found"
    assert disputed(reviewer, rejected, 403)["code"] == "not_allowed"
    old = rejected_of(ana, at=timezone.now() - disputes.WITHIN - timedelta(hours=1))
    assert disputed(ana, old, 409)["code"] == "too_late_to_dispute"
    accepted = make.submission(make.campaign(), ana, status=SubmissionStatus.ACCEPTED)
    assert disputed(ana, accepted, 409)["code"] == "wrong_state"


def test_whoever_judged_it_neither_sees_nor_answers_the_dispute(ana: User, reviewer: User) -> None:
    rejected = rejected_of(ana, by=reviewer)
    dispute = disputed(ana, rejected)
    assert answer(signed_in(reviewer).get("/api/v1/disputes"))["results"] == []
    assert answer(signed_in(reviewer).get(f"/api/v1/disputes/{dispute['id']}"), 404)["code"] == "dispute_not_found"
    assert answered(reviewer, dispute, overturn=True, code=403)["code"] == "not_allowed"


def test_author_who_reviews_does_not_answer_their_own_dispute() -> None:
    author = make.person(Role.CONTRIBUTOR, Role.REVIEWER)
    dispute = disputed(author, rejected_of(author))
    assert answered(author, dispute, overturn=True, code=403)["code"] == "not_allowed"


def test_dispute_is_answered_once(ana: User, reviewer: User, rejected: Submission) -> None:
    dispute = disputed(ana, rejected)
    answered(reviewer, dispute, overturn=False)
    assert answered(make.person(Role.OPERATOR), dispute, overturn=True, code=409)["code"] == "dispute_settled"


def test_author_who_goes_another_way_drops_the_dispute(ana: User, reviewer: User, rejected: Submission) -> None:
    dispute = disputed(ana, rejected)
    submissions.withdraw(submission_id=rejected.id, actor=ana, now=timezone.now())
    assert Dispute.objects.get().status == "dropped"
    assert answered(reviewer, dispute, overturn=True, code=409)["code"] == "dispute_settled"


def test_one_who_answers_sees_what_was_judged_and_not_whose_it_is(
    ana: User, reviewer: User, rejected: Submission, django_assert_max_num_queries: Any
) -> None:
    dispute = disputed(ana, rejected)
    client = signed_in(reviewer)
    with django_assert_max_num_queries(6):
        shown = answer(client.get(f"/api/v1/disputes/{dispute['id']}"))
    assert shown["record"]["rights"].get("holder") is None
    assert shown["scores"]
    assert ana.email not in str(shown)
    assert str(ana.id) not in str(shown)


def test_disputes_are_listed_in_one_query_for_whoever_may_answer(
    ana: User, reviewer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        disputed(ana, rejected_of(ana))
    client = signed_in(reviewer)
    with django_assert_num_queries(1):
        assert len(answer(client.get("/api/v1/disputes?status=open"))["results"]) == 3
    assert len(answer(signed_in(ana).get("/api/v1/disputes"))["results"]) == 3
    assert answer(signed_in(make.person()).get("/api/v1/disputes"))["results"] == []


def test_overturned_rejection_counts_against_its_author_no_more(
    ana: User, reviewer: User, rejected: Submission
) -> None:
    answered(reviewer, disputed(ana, rejected), overturn=True)
    standings.recount_stale(now=timezone.now())
    [standing] = [row for row in ana.standings.all() if row.role == "contributor"]
    assert {one["name"]: one["count"] for one in standing.factors}["rejected"] == 0
