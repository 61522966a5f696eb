"""A campaign's quiz and examples, through HTTP."""

from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import CampaignStatus, SubmissionStatus
from curation.models import QuizPass, QuizVersion, Rendition
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"question": "What rolls?", "choices": ["Balls", "Bricks"], "right": 0, "explanation": "The brief asks for balls."},
    {"question": "Indoors?", "choices": ["No", "Yes"], "right": 1, "explanation": "On wooden floors."},
]


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


@pytest.fixture
def campaign_id(operator: User) -> UUID:
    return make.campaign(created_by=operator).id


@pytest.fixture
def ana() -> User:
    return make.person(name="ana")


def set_quiz(operator: User, campaign_id: UUID, questions: list[dict[str, Any]] = QUESTIONS) -> dict[str, Any]:
    return answer(signed_in(operator).put(f"/api/v1/campaigns/{campaign_id}/quiz", {"questions": questions}))


def attempt(person: User, campaign_id: UUID, *answers: int, code: int = 200) -> dict[str, Any]:
    client, path = signed_in(person), f"/api/v1/campaigns/{campaign_id}/quiz"
    version = answer(client.get(path))["version"]
    return answer(client.post(path, {"version": version, "answers": answers}), code)


def test_contributor_is_asked_without_the_answers_and_told_why_afterwards(
    operator: User, campaign_id: UUID, ana: User
) -> None:
    set_quiz(operator, campaign_id)
    asked = answer(signed_in(ana).get(f"/api/v1/campaigns/{campaign_id}/quiz"))
    assert [question["question"] for question in asked["questions"]] == ["What rolls?", "Indoors?"]
    assert {question["right"] for question in asked["questions"]} == {None}
    assert asked["passed_at"] is None
    wrong = attempt(ana, campaign_id, 0, 0)
    assert not wrong["passed"]
    assert [result["right"] for result in wrong["results"]] == [True, False]
    assert wrong["results"][1]["explanation"] == "On wooden floors."
    assert attempt(ana, campaign_id, 0, 1)["passed"]
    assert attempt(ana, campaign_id, 0, 1)["passed"]
    assert QuizPass.objects.count() == 1
    assert not attempt(ana, campaign_id, 1, 1)["passed"]
    shown = answer(signed_in(ana).get(f"/api/v1/campaigns/{campaign_id}"))
    assert shown["quiz_passed"] is True


def test_editor_sees_the_answers(operator: User, campaign_id: UUID) -> None:
    set_quiz(operator, campaign_id)
    asked = answer(signed_in(operator).get(f"/api/v1/campaigns/{campaign_id}/quiz"))
    assert [question["right"] for question in asked["questions"]] == [0, 1]


def test_draft_is_allowed_and_submitting_waits_for_the_quiz(operator: User, campaign_id: UUID, ana: User) -> None:
    set_quiz(operator, campaign_id)
    client = signed_in(ana)
    draft = answer(client.post("/api/v1/submissions", {"campaign": str(campaign_id), "record": {}}), 201)
    path = f"/api/v1/submissions/{draft['id']}/submit"
    assert answer(client.post(path), 403)["code"] == "quiz_not_passed"
    attempt(ana, campaign_id, 0, 1)
    assert answer(client.post(path), 422)["code"] != "quiz_not_passed"


def test_changed_questions_are_answered_anew_and_the_same_ones_are_not(
    operator: User, campaign_id: UUID, ana: User
) -> None:
    set_quiz(operator, campaign_id)
    attempt(ana, campaign_id, 0, 1)
    set_quiz(operator, campaign_id)
    assert answer(signed_in(ana).get(f"/api/v1/campaigns/{campaign_id}"))["quiz_passed"] is True
    before = QuizVersion.objects.get()
    set_quiz(operator, campaign_id, QUESTIONS[:1])
    assert answer(signed_in(ana).get(f"/api/v1/campaigns/{campaign_id}"))["quiz_passed"] is False
    stale = {"version": str(before.id), "answers": [0, 1]}
    refused = answer(signed_in(ana).post(f"/api/v1/campaigns/{campaign_id}/quiz", stale), 409)
    assert refused["code"] == "quiz_changed"
    set_quiz(operator, campaign_id, [])
    assert answer(signed_in(ana).get(f"/api/v1/campaigns/{campaign_id}"))["quiz_passed"] is None
    assert answer(signed_in(ana).get(f"/api/v1/campaigns/{campaign_id}/quiz"), 404)["code"] == "quiz_not_found"


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ([QUESTIONS[0] | {"right": 2}], "bad_question"),
        ([QUESTIONS[0] | {"choices": ["Only one"]}], "invalid"),
        (QUESTIONS * 3, "invalid"),
        ([{"question": "?"}], "invalid"),
    ],
)
def test_wrong_questions_are_refused(
    operator: User, campaign_id: UUID, questions: list[dict[str, Any]], code: str
) -> None:
    path = f"/api/v1/campaigns/{campaign_id}/quiz"
    assert answer(signed_in(operator).put(path, {"questions": questions}), 400)["code"] == code


def test_only_whoever_edits_the_campaign_sets_questions_and_only_contributors_answer(
    operator: User, campaign_id: UUID, ana: User
) -> None:
    path = f"/api/v1/campaigns/{campaign_id}/quiz"
    assert answer(signed_in(ana).put(path, {"questions": QUESTIONS}), 403)["code"] == "not_allowed"
    assert answer(signed_in(make.person(Role.ENGINEER)).put(path, {"questions": QUESTIONS}), 403)
    set_quiz(operator, campaign_id)
    assert answer(signed_in(make.person(Role.REVIEWER)).post(path, {"answers": [0, 1]}), 403)
    missing = answer(signed_in(ana).post(path, {"version": str(QuizVersion.objects.get().id), "answers": [0]}), 400)
    assert list(missing["fields"]) == ["answers"]


def test_quiz_of_a_campaign_nobody_may_see_does_not_exist(ana: User) -> None:
    hidden = make.campaign(status=CampaignStatus.DRAFT)
    assert answer(signed_in(ana).get(f"/api/v1/campaigns/{hidden.id}/quiz"), 404)["code"] == "campaign_not_found"


def test_list_says_which_quizzes_are_passed_in_one_query_however_many(
    operator: User, ana: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        set_quiz(operator, make.campaign(created_by=operator).id)
    client = signed_in(ana)
    with django_assert_num_queries(1):
        listed = answer(client.get("/api/v1/campaigns"))["results"]
    assert [one["quiz_passed"] for one in listed] == [False] * 3


def test_examples_are_told_in_words_and_pictures_and_never_by_name(operator: User, ana: User) -> None:
    campaign = make.campaign(created_by=operator)
    good = make.submission(campaign, ana, status=SubmissionStatus.ACCEPTED)
    for asset in good.current.assets.filter(kind="image"):
        make.rendition(asset)
    picture = make.asset(operator, b"\xff\xd8\xff a picture", kind="image", content_type="image/jpeg", stored=False)
    make.rendition(picture)
    examples = [
        {"good": True, "text": "Sharp and bright.", "submission": str(good.id)},
        {"good": False, "text": "Blurred.", "asset": str(picture.id)},
        {"good": False, "text": "Anything with a logo."},
    ]
    path = f"/api/v1/campaigns/{campaign.id}"
    kept = answer(signed_in(operator).patch(path, {"examples": examples}))["examples"]
    assert [one["text"] for one in kept] == ["Sharp and bright.", "Blurred.", "Anything with a logo."]
    shown = answer(signed_in(make.person()).get(f"{path}/examples"))
    assert [one["good"] for one in shown] == [True, False, False]
    assert [one["image"] is not None for one in shown] == [True, True, False]
    assert shown[0]["caption"] == good.current.caption
    assert ana.email not in str(shown)
    assert answer(signed_in(ana).get(path))["cover"]["role"] == "preview"
    clip = make.rendition(good.current.assets.get(kind="clip"))
    poster = {"role": "poster", "name": "poster.jpg", "content_type": "image/jpeg", "size": 9, "details": {}}
    Rendition.objects.filter(pk=clip.pk).update(files=[*clip.files, poster])
    assert answer(signed_in(ana).get(path))["cover"]["role"] == "poster"
    good.status = SubmissionStatus.WITHDRAWN
    good.save()
    assert answer(signed_in(ana).get(f"{path}/examples"))[0] | {"image": None, "caption": ""} == {
        "good": True, "text": "Sharp and bright.", "submission": None, "caption": "", "image": None,
    }  # fmt: skip
    assert answer(signed_in(ana).get(path))["cover"] is None


def test_list_has_every_campaigns_cover_in_three_more_queries(
    operator: User, ana: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pictures = [
        make.asset(operator, f"picture {i}".encode(), kind="image", content_type="image/jpeg", stored=False)
        for i in range(3)
    ]
    for picture in pictures:
        make.rendition(picture)
        example = {"text": "Like this.", "submission": None}
        bare = {**example, "good": True, "asset": None}
        make.campaign(examples=[bare, {**example, "good": True, "asset": str(picture.id)}])
    make.campaign(examples=[{"good": False, "text": "Not so.", "submission": None, "asset": str(pictures[0].id)}])
    client = signed_in(ana)
    with django_assert_num_queries(3):
        listed = answer(client.get("/api/v1/campaigns"))["results"]
    covers = [one["cover"] for one in listed]
    assert covers[0] is None
    assert all(str(picture.id) in cover["url"] for picture, cover in zip(pictures[::-1], covers[1:], strict=True))


def test_example_shows_what_it_says(operator: User, ana: User) -> None:
    campaign = make.campaign(created_by=operator)
    rejected = make.submission(campaign, ana, status=SubmissionStatus.REJECTED)
    path = f"/api/v1/campaigns/{campaign.id}"
    for example in ({"submission": str(rejected.id)}, {"asset": str(rejected.current.assets.first().id)}):
        wrong = [{"good": True, "text": "Look."} | example]
        refused = answer(signed_in(operator).patch(path, {"examples": wrong}), 400)
        assert (refused["code"], list(refused["fields"])) == ("bad_example", [f"examples.0.{next(iter(example))}"])
