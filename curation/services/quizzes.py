"""A campaign's quiz: set by whoever may edit it, answered by contributors, asked for before they submit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.public import Action, audit, check
from common.errors import DomainError, InvalidInput, NotAllowed
from curation.models import Campaign, QuizPass, QuizVersion
from curation.selectors.campaigns import readable_campaign
from curation.selectors.quizzes import current_quiz

MOST_QUESTIONS = 5


class BadQuestion(InvalidInput):
    code = "bad_question"


class QuizChanged(DomainError):
    """Other questions are asked by now."""

    code = "quiz_changed"


class QuizNotPassed(NotAllowed):
    """Whoever submits has answered the campaign's questions before."""

    code = "quiz_not_passed"


@dataclass(frozen=True)
class Answered:
    """What came of one attempt: per question whether it was right, and why."""

    passed: bool
    results: Sequence[Mapping[str, Any]]


@transaction.atomic
def set_questions(
    *, campaign_id: UUID, questions: Sequence[Mapping[str, Any]], editor: User, now: datetime
) -> Campaign:  # fmt: skip
    """The campaign with these questions; contributors answer them anew. The same questions again change nothing.

    Args:
        questions: Up to five; none ends the quiz.

    Raises:
        NoSuchCampaign: None that this person may see.
        BadQuestion: Too many, or a right answer that is no choice.
        NotAllowed, NotInThisState: Not theirs to edit, or not any more.
    """
    readable_campaign(editor, campaign_id)
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("quiz").get(id=campaign_id)
    check(editor, Action.CAMPAIGN_EDIT, owner=campaign.created_by_id == editor.id, state=campaign.status)
    wanted = [dict(question) for question in questions]
    _check_questions(wanted)
    if wanted != (campaign.quiz.questions if campaign.quiz else []):
        campaign.quiz = _next_version(campaign, wanted, editor, now) if wanted else None
        campaign.save(update_fields=["quiz"])
        number = campaign.quiz.number if campaign.quiz else None
        audit("campaign.quiz_set", actor=editor, now=now, about=("campaign", campaign.id), detail={"number": number})
    return campaign


@transaction.atomic
def answer(*, campaign_id: UUID, version_id: UUID, answers: Sequence[int], person: User, now: datetime) -> Answered:
    """What was right and why; the quiz is passed once every answer is. Passing again changes nothing.

    Args:
        answers: For each question the place of the choice, from 0.

    Raises:
        NoSuchCampaign, NoQuiz: There is none.
        QuizChanged: These questions are asked no more.
        InvalidInput: Not one answer for each question.
    """
    quiz = current_quiz(readable_campaign(person, campaign_id))
    if quiz.id != version_id:
        raise QuizChanged("The questions of this campaign have changed. Load them again.")
    if len(answers) != len(quiz.questions):
        raise InvalidInput("Answer every question.", fields={"answers": [f"Give {len(quiz.questions)} answers."]})
    results = [
        {"right": given == question["right"], "explanation": question["explanation"]}
        for given, question in zip(answers, quiz.questions, strict=True)
    ]
    passed = all(result["right"] for result in results)
    if passed:
        QuizPass.objects.bulk_create([QuizPass(version=quiz, person=person, passed_at=now)], ignore_conflicts=True)
    return Answered(passed, results)


def check_passed(campaign: Campaign, person: User) -> None:
    """Raises `QuizNotPassed` where the campaign asks questions that this person has not answered."""
    if campaign.quiz_id and not QuizPass.objects.filter(version=campaign.quiz_id, person=person).exists():
        raise QuizNotPassed("Answer the campaign's questions first; then submit. Your draft is kept.")


def _next_version(campaign: Campaign, questions: list[dict[str, Any]], author: User, now: datetime) -> QuizVersion:
    number = campaign.quiz_versions.count() + 1
    return QuizVersion.objects.create(
        campaign=campaign, number=number, questions=questions, author=author, created_at=now
    )


def _check_questions(questions: Sequence[Mapping[str, Any]]) -> None:
    if len(questions) > MOST_QUESTIONS:
        raise BadQuestion(
            f"A quiz has {MOST_QUESTIONS} questions at most.", fields={"questions": [f"At most {MOST_QUESTIONS}."]}
        )
    for place, question in enumerate(questions):
        if not 0 <= question["right"] < len(question["choices"]):
            message = "Name the place of one of the choices, counted from 0."
            raise BadQuestion(message, fields={f"questions.{place}.right": [message]})
