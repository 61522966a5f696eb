"""Blind pairwise judgement: two outputs side by side, their sides drawn at random, one choice per person."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from accounts.public import User
from common.errors import DomainError, InvalidInput, NotFound
from generation.lifecycle import EventKind, GenerationStatus
from generation.models import Choice, Comparison, Event, Generation, Vote
from generation.ranking import wilson


class NoSuchComparison(NotFound):
    code = "comparison_not_found"


class NothingToCompare(NotFound):
    """This person has judged every pair there is."""

    code = "nothing_to_compare"


class NotComparable(InvalidInput):
    """Two different delivered clips are needed."""

    code = "not_comparable"


class AlreadyVoted(DomainError):
    """The choice stands; only the same one may be sent again."""

    code = "already_voted"
    status = HTTPStatus.CONFLICT


class NotShown(DomainError):
    """The pair was never shown to this person, so there are no sides to choose from."""

    code = "not_shown"
    status = HTTPStatus.CONFLICT


@dataclass(frozen=True)
class Result:
    """How the first output did against the second, ties counted as half.

    `low` and `high` bound the win rate with 95 % confidence (Wilson, JASA 22, 1927); `n` is always shown.
    """

    n: int
    first_wins: int
    second_wins: int
    ties: int
    win_rate: float | None
    low: float | None
    high: float | None


@transaction.atomic
def compare(*, first_id: UUID, second_id: UUID, actor: User, now: datetime) -> Comparison:
    """The comparison of two delivered generations; asking again for the same pair gives the same one.

    Raises:
        NotComparable: They are one and the same, or one is not delivered.
    """
    delivered = Generation.objects.filter(id__in={first_id, second_id}, status=GenerationStatus.DELIVERED).count()
    if delivered != 2:
        raise NotComparable("Give two different generations that have been delivered.")
    comparison, _ = Comparison.objects.get_or_create(
        first_id=first_id, second_id=second_id, defaults={"created_by": actor, "created_at": now}
    )
    return comparison


@transaction.atomic
def show_next(*, voter: User, passed_over: Sequence[UUID] = (), now: datetime) -> Vote:
    """The pair this person should judge next, least judged first, with its sides drawn; stays until judged.

    Args:
        passed_over: Pairs that they do not want now; whatever was shown of them stays open.

    Raises:
        NothingToCompare: Every other pair has been judged by this person.
    """
    waiting = Vote.objects.filter(voter=voter, choice="").exclude(comparison__in=passed_over)
    open_vote = waiting.select_related("comparison").order_by("id").first()
    if open_vote:
        return open_vote
    unseen = Comparison.objects.exclude(votes__voter=voter).exclude(id__in=passed_over).annotate(judged=Count("votes"))
    comparison = unseen.order_by("judged", "id").first()
    if comparison is None:
        raise NothingToCompare("You have judged every pair there is. Thank you.")
    vote, _ = Vote.objects.get_or_create(
        comparison=comparison,
        voter=voter,
        defaults={"first_is_left": secrets.choice([True, False]), "shown_at": now},
    )
    return vote


@transaction.atomic
def cast(*, comparison_id: UUID, voter: User, choice: Choice, now: datetime) -> Vote:
    """The stored vote; casting the same choice again changes nothing.

    Raises:
        NotShown: The pair was never shown to this person.
        AlreadyVoted: Another choice was cast before.
    """
    vote = Vote.objects.select_for_update().filter(comparison_id=comparison_id, voter=voter).first()
    if vote is None:
        raise NotShown("Ask for the next pair first.")
    if vote.choice == choice:
        return vote
    if vote.choice:
        raise AlreadyVoted("You have judged this pair; a vote is final.")
    vote.choice, vote.cast_at = choice, now
    vote.save(update_fields=["choice", "cast_at"])
    Event.objects.create(kind=EventKind.VOTE_CAST, at=now, vote=vote, actor=voter, detail={"choice": choice})
    return vote


def result(comparison_id: UUID) -> Result:
    """The tally of one comparison. Raises `NoSuchComparison`."""
    if not Comparison.objects.filter(id=comparison_id).exists():
        raise NoSuchComparison("There is no such comparison.")
    first = Q(choice=Choice.LEFT, first_is_left=True) | Q(choice=Choice.RIGHT, first_is_left=False)
    second = Q(choice=Choice.LEFT, first_is_left=False) | Q(choice=Choice.RIGHT, first_is_left=True)
    tally = Vote.objects.filter(comparison_id=comparison_id).aggregate(
        first=Count("id", filter=first),
        second=Count("id", filter=second),
        ties=Count("id", filter=Q(choice=Choice.TIE)),
    )
    return tallied(tally["first"], tally["second"], tally["ties"])


def tallied(first_wins: int, second_wins: int, ties: int) -> Result:
    """The result of so many votes."""
    n = first_wins + second_wins + ties
    if not n:
        return Result(0, 0, 0, 0, None, None, None)
    rate = (first_wins + ties / 2) / n
    low, high = wilson(rate, n)
    return Result(n, first_wins, second_wins, ties, rate, low, high)
