"""Reviewing through HTTP: what a reviewer and a contributor get to see, and when."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from curation.models import Campaign, Review, Submission
from tests.factories import curation as make

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign()


@pytest.fixture
def author() -> User:
    return make.person(name="author")


@pytest.fixture
def submission(campaign: Campaign, author: User) -> Submission:
    rights = {
        "license": "CC-BY-4.0", "holder": "Zoe Secret", "attribution": "Zoe Secret", "basis": "own_work",
        "consent_version": "2026-01",
    }  # fmt: skip
    return make.submission(campaign, author, rights=rights)


def reviewer() -> APIClient:
    return signed_in(make.person(Role.REVIEWER, name="judge"))


def take(client: APIClient) -> dict[str, Any]:
    answer = client.post("/api/v1/reviews/next", {})
    assert answer.status_code == 200, answer.content
    return answer.json()


def vote(client: APIClient, verdict: str, **more: Any) -> Any:
    review = take(client)
    return client.post(f"/api/v1/reviews/{review['id']}/vote", {"verdict": verdict, **more})


def test_a_reviewer_gets_everything_to_judge_and_not_whose_it_is(submission: Submission, author: User) -> None:
    judged = take(reviewer())
    assert judged["submission"] == str(submission.id)
    assert judged["record"]["rights"]["license"] == "CC-BY-4.0"
    assert judged["gates"]["outcome"] == "pass"
    assert [score["metric"] for score in judged["scores"]] == ["clip.text_alignment"]
    assert [medium["path"] for medium in judged["media"]] == sorted(make.KINDS)
    assert {medium["kind"] for medium in judged["media"] if medium["url"]} == {"camera_poses"}  # the rest is being made
    assert {medium["renditions"]["status"] for medium in judged["media"] if medium["renditions"]} == {"waiting"}
    text = json.dumps(judged)
    assert "Zoe Secret" not in text
    assert str(author.id) not in text
    assert author.email not in text


def test_the_nearest_neighbours_are_shown(submission: Submission, campaign: Campaign) -> None:
    like = make.submission(campaign, make.person(), status="accepted")
    unlike = make.submission(campaign, make.person(), status="accepted")
    for row, vector in ((submission, [1.0, 0.0]), (like, [0.9, 0.1]), (unlike, [0.0, 1.0])):
        make.embedding(row.current, vector)
    neighbours = take(reviewer())["neighbours"]
    assert [neighbour["revision"] for neighbour in neighbours] == [str(like.current_id), str(unlike.current_id)]
    assert neighbours[0]["similarity"] == pytest.approx(0.9939, abs=1e-3)


def test_votes_are_hidden_from_everybody_until_the_decision(submission: Submission, author: User) -> None:
    first = make.person(Role.REVIEWER, name="judge")
    note = "The caption forgets the dog."
    assert vote(signed_in(first), "request_changes", reasons=["caption_thin"], note=note).status_code == 200
    second, contributor = reviewer(), signed_in(author)
    for text in (
        json.dumps(take(second)),
        second.get("/api/v1/reviews").content.decode(),
        contributor.get(f"/api/v1/submissions/{submission.id}").content.decode(),
        contributor.get(f"/api/v1/submissions/{submission.id}/events").content.decode(),
    ):
        assert note not in text
        assert "request_changes" not in text
        assert "caption_thin" not in text
    assert vote(second, "request_changes", reasons=["caption_thin"]).json()["outcome"] == "request_changes"
    seen = contributor.get(f"/api/v1/submissions/{submission.id}").content.decode()
    events = contributor.get(f"/api/v1/submissions/{submission.id}/events").content.decode()
    assert note in seen
    assert "caption_thin" in seen
    assert str(first.id) not in seen + events
    assert first.email not in seen + events


def test_one_sees_only_ones_own_reviews(submission: Submission) -> None:
    client = reviewer()
    review = take(client)
    assert [row["id"] for row in client.get("/api/v1/reviews").json()["results"]] == [review["id"]]
    other = reviewer()
    assert other.get("/api/v1/reviews").json()["results"] == []
    answer = other.post(f"/api/v1/reviews/{review['id']}/vote", {"verdict": "approve"})
    assert (answer.status_code, answer.json()["code"]) == (404, "review_not_found")


def test_heartbeat_and_release_answer_with_the_review(submission: Submission) -> None:
    client = reviewer()
    review = take(client)
    assert client.post(f"/api/v1/reviews/{review['id']}/heartbeat").json()["status"] == "leased"
    assert client.post(f"/api/v1/reviews/{review['id']}/release").json()["status"] == "released"
    assert client.post(f"/api/v1/reviews/{review['id']}/heartbeat").json()["code"] == "lease_expired"


def test_refusals_say_what_is_wrong(submission: Submission) -> None:
    client = reviewer()
    answer = vote(client, "reject")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["reasons"])
    answer = vote(client, "reject", reasons=["because"])
    assert answer.status_code == 400
    assert signed_in(make.person()).post("/api/v1/reviews/next", {}).status_code == 403
    answer = client.post("/api/v1/reviews/next", {"campaign": "x"})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["campaign"])


def test_an_empty_queue_says_so() -> None:
    answer = reviewer().post("/api/v1/reviews/next", {})
    assert (answer.status_code, answer.json()["code"]) == (404, "nothing_to_review")


def test_waiting_work_is_counted_by_campaign_and_in_batches_that_name_nobody(campaign: Campaign) -> None:
    prolific, other = make.person(name="prolific"), make.person(name="other")
    for _ in range(3):
        make.submission(campaign, prolific)
    make.submission(campaign, other)
    client, stranger = reviewer(), reviewer()
    [waiting] = client.get("/api/v1/reviews/waiting").json()
    assert (waiting["campaign"], waiting["waiting"], waiting["begun"]) == (str(campaign.id), 4, 0)
    [batch] = waiting["batches"]
    assert batch["waiting"] == 3
    assert batch["key"] != stranger.get("/api/v1/reviews/waiting").json()[0]["batches"][0]["key"]
    assert str(prolific.id) not in json.dumps(waiting)
    taken = client.post("/api/v1/reviews/next", {"batch": batch["key"]}).json()
    assert Submission.objects.get(id=taken["submission"]).contributor_id == prolific.pk
    answer = stranger.post("/api/v1/reviews/next", {"batch": batch["key"]})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_batch")


def test_counting_what_waits_needs_a_constant_number_of_queries(campaign: Campaign) -> None:
    make.submission(campaign, make.person())
    client = reviewer()
    one = queries(client, "get", "/api/v1/reviews/waiting")
    for _ in range(3):
        make.submission(make.campaign(), make.person())
    assert queries(client, "get", "/api/v1/reviews/waiting") == one <= 3


def test_a_review_that_was_lost_is_taken_again_while_nobody_else_has_it(submission: Submission) -> None:
    client = reviewer()
    review = take(client)
    Review.objects.filter(id=review["id"]).update(leased_until=timezone.now())
    again = client.post(f"/api/v1/reviews/{review['id']}/take")
    assert (again.status_code, again.json()["id"]) == (200, review["id"])
    client.post(f"/api/v1/reviews/{review['id']}/release")
    for _ in range(2):
        take(reviewer())
    refused = client.post(f"/api/v1/reviews/{review['id']}/take")
    assert (refused.status_code, refused.json()["code"]) == (409, "taken_meanwhile")


def test_what_was_passed_over_is_not_given_again(submission: Submission, campaign: Campaign) -> None:
    client = reviewer()
    first = take(client)
    client.post(f"/api/v1/reviews/{first['id']}/release")
    passed_over = {"passed_over": [first["submission"]]}
    assert client.post("/api/v1/reviews/next", passed_over, format="json").json()["code"] == "nothing_to_review"
    other = make.submission(campaign, make.person())
    assert client.post("/api/v1/reviews/next", passed_over, format="json").json()["submission"] == str(other.id)


def test_whoever_holds_another_review_cannot_take_a_lost_one_again(submission: Submission, campaign: Campaign) -> None:
    client = reviewer()
    first = take(client)
    Review.objects.filter(id=first["id"]).update(leased_until=timezone.now())
    make.submission(campaign, make.person())
    Submission.objects.filter(id=submission.id).update(reviews_cast=0, status="accepted")
    take(client)
    refused = client.post(f"/api/v1/reviews/{first['id']}/take")
    assert (refused.status_code, refused.json()["code"]) == (409, "holds_another")


def test_what_comes_next_is_loaded_beforehand_whatever_it_is(campaign: Campaign) -> None:
    for _ in range(2):
        make.submission(campaign, make.person())
    client = signed_in(make.reviewer_of_work())
    shown = take(client)
    ahead = client.post("/api/v1/reviews/ahead", {"campaign": str(campaign.id)}).json()
    assert ahead["submission"] != shown["submission"]
    assert ahead.keys() == shown.keys()
    assert client.get(f"/api/v1/reviews/{ahead['id']}/copies").status_code == 200
    client.post(f"/api/v1/reviews/{shown['id']}/vote", {"verdict": "approve"})
    assert take(client)["id"] == ahead["id"]
    nothing = client.post("/api/v1/reviews/ahead", {})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "nothing_to_review")


def queries(client: APIClient, method: str, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert getattr(client, method)(url, {}).status_code == 200
    return len(captured)


def test_taking_the_next_and_listing_need_a_constant_number_of_queries(campaign: Campaign) -> None:
    for _ in range(2):
        make.submission(campaign, make.person())
    one = queries(signed_in(make.reviewer_of_work()), "post", "/api/v1/reviews/next")
    for _ in range(8):
        make.submission(campaign, make.person())
    judge = reviewer()
    # Two of them ask whether the reviewer is paused and whether a gold item is due.
    assert queries(signed_in(make.reviewer_of_work()), "post", "/api/v1/reviews/next") == one <= 22
    vote(judge, "approve")
    few = queries(judge, "get", "/api/v1/reviews")
    for _ in range(4):
        vote(judge, "approve")
    assert queries(judge, "get", "/api/v1/reviews") == few <= 2
