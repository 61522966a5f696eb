"""Checkers are checked: gold is hidden, rare, counts for the reviewer alone, and retires when it is wrong itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from common.errors import NotAllowed
from curation.lifecycle import EventKind, SubmissionStatus
from curation.models import Decision, Event, GoldItem, Review, Standing, Submission
from curation.models.trust import TrustRole
from curation.services import gold, reviews, standings
from tests.factories import curation as make
from tests.factories.curation import NOW

pytestmark = pytest.mark.django_db


def reviewer() -> User:
    return make.person(Role.REVIEWER, name="reviewer")


def gold_item(expected: str = "reject", campaign: Any = None) -> GoldItem:
    done = make.submission(campaign or make.campaign(), make.person(), status=SubmissionStatus.REJECTED, stored=True)
    assert done.current_id
    return gold.mark(
        revision_id=done.current_id, expected=expected, reasons=[], explanation="The caption names another subject.",
        actor=make.person(Role.OPERATOR), now=NOW,
    )  # fmt: skip


def given_gold(to: User, item: GoldItem) -> Review:
    held = gold.lease(to, campaign_id=None, until=reviews.LEASE, now=NOW)
    assert held is not None
    assert held.gold_id == item.id
    return held


def vote(review: Review, verdict: str) -> Review:
    reasons = [] if verdict == "approve" else ["caption_wrong"]
    return reviews.cast_vote(review_id=review.id, reviewer=review.reviewer, verdict=verdict, reasons=reasons, now=NOW)


def counted(person: User, role: TrustRole = TrustRole.REVIEWER) -> Standing:
    standings.touch({person.pk}, role)
    return standings.recount(standing_id=Standing.objects.get(person=person, role=role).id, now=NOW)


def test_one_in_twenty_is_gold_at_places_that_differ_between_reviewers_and_blocks() -> None:
    place = make.campaign()
    for _ in range(4):
        gold_item(campaign=place)
    waiting = [make.submission(place, make.person()) for _ in range(44)]
    judge = reviewer()
    given = []
    for _ in range(40):
        taken = reviews.take_next(reviewer=judge, now=NOW)
        given.append(taken.gold_id is not None)
        vote(taken, "approve")
    assert sum(given[:20]) == sum(given[20:]) == 1
    places = {tuple(_due_places(make.person(Role.REVIEWER), waiting[:20])) for _ in range(12)}
    assert len(places) > 3


def _due_places(person: User, judged: list[Submission]) -> list[int]:
    found = []
    for number, submission in enumerate(judged):
        if gold.is_due(person.pk):
            found.append(number)
        Review.objects.create(
            revision_id=submission.current_id, reviewer=person, leased_until=NOW, created_at=NOW, status="released"
        )
    return found


def test_until_the_vote_the_api_shows_gold_as_it_shows_work() -> None:
    place = make.campaign()
    item = gold_item(campaign=place)
    make.submission(place, make.person(), stored=True)
    judge, other = reviewer(), make.reviewer_of_work()  # who is given work, not gold, next
    hidden = gold.lease(judge, campaign_id=None, until=reviews.LEASE, now=timezone.now())
    work = reviews.take_next(reviewer=other, now=timezone.now())
    assert hidden is not None
    assert hidden.gold_id == item.id
    assert work.gold_id is None
    answers = []
    for person, held in ((judge, hidden), (other, work)):
        api = APIClient()
        api.force_authenticate(person)
        shown = api.post("/api/v1/reviews/next", {}, format="json").json()
        beat = api.post(f"/api/v1/reviews/{held.id}/heartbeat", {}, format="json").json()
        assert shown["id"] == str(held.id)
        listed = api.get("/api/v1/reviews").json()["results"][0]
        answers.append((shown, beat, listed))
    (gold_shown, gold_beat, gold_listed), (work_shown, work_beat, work_listed) = answers
    assert _shape(gold_shown) == _shape(work_shown)
    for of_gold, of_work in ((gold_beat, work_beat), (gold_listed, work_listed)):
        assert _shape(of_gold) == _shape(of_work)
        assert of_gold["outcome"] is of_gold["check"] is None
        assert of_gold["status"] == of_work["status"]


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shape(inner) for name, inner in value.items()}
    return type(value).__name__


def test_after_the_vote_the_reviewer_is_told_and_nothing_else_moves() -> None:
    item, judge = gold_item(expected="reject"), reviewer()
    before = Submission.objects.get(current=item.revision_id)
    held = given_gold(judge, item)
    vote(held, "approve")
    api = APIClient()
    api.force_authenticate(judge)
    told = api.get("/api/v1/reviews").json()["results"][0]["check"]
    assert told == {"right": False, "expected": "reject", "reasons": [], "explanation": item.explanation}
    after = Submission.objects.get(current=item.revision_id)
    assert (after.status, after.reviews_cast) == (before.status, before.reviews_cast)
    assert Decision.objects.filter(revision=item.revision_id).count() == 1
    # It is paid like any judgement, and the contributor reads nothing of it.
    [event] = Event.objects.filter(kind=EventKind.REVIEWED)
    assert event.submission_id is None
    assert event.campaign_id == before.campaign_id


def test_nobody_gets_their_own_work_as_gold_nor_the_same_item_twice() -> None:
    item = gold_item()
    author = item.revision.submission.contributor
    author.roles = ["contributor", "reviewer"]
    author.save()
    assert gold.lease(author, campaign_id=None, until=reviews.LEASE, now=NOW) is None
    judge = reviewer()
    vote(given_gold(judge, item), "reject")
    assert gold.lease(judge, campaign_id=None, until=reviews.LEASE, now=NOW) is None


def test_disputed_gold_retires_itself_and_counts_against_nobody() -> None:
    item = gold_item(expected="approve")
    judges = [reviewer() for _ in range(3)]
    for judge in judges:
        vote(given_gold(judge, item), "reject")
    item.refresh_from_db()
    assert item.retired_at == NOW
    assert Event.objects.filter(kind=EventKind.GOLD_RETIRED, campaign=item.revision.submission.campaign_id).exists()
    assert counted(judges[0]).value == 0.5


def test_reviewers_in_bad_standing_dispute_nothing() -> None:
    item = gold_item(expected="approve")
    for _ in range(3):
        judge = reviewer()
        Standing.objects.create(person=judge, role=TrustRole.REVIEWER, value=0.2, stale=False, counted_at=NOW)
        vote(given_gold(judge, item), "reject")
    item.refresh_from_db()
    assert item.retired_at is None


def test_wrong_gold_pauses_a_reviewer_and_right_gold_lets_them_return() -> None:
    place, judge = make.campaign(), reviewer()
    make.submission(place, make.person())
    for _ in range(5):
        vote(given_gold(judge, gold_item(expected="reject", campaign=place)), "approve")
    assert counted(judge).paused
    with pytest.raises(reviews.ReviewerPaused, match="operator can add items"):
        reviews.take_next(reviewer=judge, now=NOW)
    for _ in range(4):
        item = gold_item(expected="reject", campaign=place)
        taken = reviews.take_next(reviewer=judge, now=NOW)
        assert taken.gold_id == item.id
        vote(taken, "reject")
    assert not counted(judge).paused
    assert reviews.take_next(reviewer=judge, now=NOW).gold_id is None


def test_standing_rises_with_accepted_and_falls_with_rejected_work_and_keeps_its_history() -> None:
    author = make.person()
    make.submission(make.campaign(), author, status=SubmissionStatus.ACCEPTED)
    risen = counted(author, TrustRole.CONTRIBUTOR)
    assert risen.value > 0.5
    for _ in range(3):
        make.submission(make.campaign(), author, status=SubmissionStatus.REJECTED)
    fallen = counted(author, TrustRole.CONTRIBUTOR)
    assert fallen.value < 0.5
    assert [round(one.value, 6) for one in fallen.changes.order_by("id")] == [
        round(risen.value, 6),
        round(fallen.value, 6),
    ]
    later = standings.recount(standing_id=fallen.id, now=NOW + timedelta(days=3650))
    assert later.value == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("code", ["exact_duplicate", "near_duplicate", "duplicate_clip"])
def test_every_way_of_contributing_again_weighs_more_than_another_rejection_by_gates(code: str) -> None:
    def rejected_for(reason: str) -> Standing:
        author = make.person()
        row = make.submission(make.campaign(), author)
        assert row.current
        Decision.objects.create(
            revision=row.current, outcome="reject", source="gates", reasons=[reason], decided_at=NOW
        )
        return counted(author, TrustRole.CONTRIBUTOR)

    assert rejected_for(code).value < rejected_for("clip_too_short").value < 0.5


def test_a_decision_touches_the_contributor_and_every_judge_in_constantly_many_queries(
    django_assert_max_num_queries: Any,
) -> None:
    [submission] = [make.submission(make.campaign(), make.person())]
    first, second = reviewer(), reviewer()
    vote(reviews.take_next(reviewer=first, now=NOW), "approve")
    taken = reviews.take_next(reviewer=second, now=NOW)
    with django_assert_max_num_queries(26):
        vote(taken, "approve")
    stale = set(Standing.objects.filter(stale=True).values_list("person", "role"))
    assert stale == {
        (submission.contributor_id, "contributor"), (first.pk, "reviewer"), (second.pk, "reviewer"),
    }  # fmt: skip
    assert standings.recount_stale(now=NOW) == 3
    assert standings.recount_stale(now=NOW) == 0


def test_only_decided_current_work_becomes_gold_and_only_once_and_by_operators() -> None:
    waiting = make.submission(make.campaign(), make.person())
    operator = make.person(Role.OPERATOR)
    asked = {"expected": "approve", "reasons": [], "explanation": "Clear.", "now": NOW}
    with pytest.raises(gold.NotDecided):
        gold.mark(revision_id=waiting.current_id, actor=operator, **asked)
    item = gold_item()
    with pytest.raises(gold.GoldAlready):
        gold.mark(revision_id=item.revision_id, actor=operator, **asked)
    with pytest.raises(NotAllowed):
        gold.mark(revision_id=item.revision_id, actor=reviewer(), **asked)
