"""A campaign's quiz as one person sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.public import Action, allowed
from common.errors import NotFound
from curation.models import Campaign, QuizPass, QuizVersion
from curation.selectors.campaigns import readable_campaign


class NoQuiz(NotFound):
    code = "quiz_not_found"


@dataclass(frozen=True)
class Quiz:
    """The questions that are asked now; answers are None for whoever may not edit the campaign."""

    version: UUID
    number: int
    questions: Sequence[Mapping[str, Any]]
    passed_at: datetime | None


def current_quiz(campaign: Campaign) -> QuizVersion:
    """The questions that are asked now. Raises `NoQuiz`."""
    if campaign.quiz is None:
        raise NoQuiz("This campaign asks no questions.")
    return campaign.quiz


def quiz_for(person: User, campaign_id: UUID) -> Quiz:
    """In three queries. Raises `NoSuchCampaign`, `NoQuiz`."""
    campaign = readable_campaign(person, campaign_id)
    version = current_quiz(campaign)
    edits = allowed(
        person, Action.CAMPAIGN_EDIT, owner=campaign.created_by_id == person.id, state=campaign.status
    )  # fmt: skip
    hidden = {} if edits else {"right": None, "explanation": None}
    passed = QuizPass.objects.filter(version=version, person=person).first()
    return Quiz(
        version=version.id,
        number=version.number,
        questions=[{**question, **hidden} for question in version.questions],
        passed_at=passed.passed_at if passed else None,
    )
