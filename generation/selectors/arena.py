"""The arena: which pairs are judged, how models stand, and on which scenes they lose."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.public import User
from generation.models import Choice, Comparison, Vote
from generation.ranking import Game, Strength, strengths, wilson
from generation.scene_types import scene_types

LATEST = 50_000  # votes looked at; older ones say little of models as they are
LEAST_VOTES = 5  # fewer are no weakness yet
WANTED_EACH = 50  # contributions that a call for a weak scene type begins with

PART_OF = {"movement": "camera", "sound": "audio", "light": "lighting"}
COUNTED = {"movement", "light"}  # what coverage targets can be set for; sounds are no closed vocabulary

FIRST_WON = Q(votes__choice=Choice.LEFT, votes__first_is_left=True) | Q(
    votes__choice=Choice.RIGHT, votes__first_is_left=False
)
SECOND_WON = Q(votes__choice=Choice.LEFT, votes__first_is_left=False) | Q(
    votes__choice=Choice.RIGHT, votes__first_is_left=True
)


@dataclass(frozen=True)
class Contestant:
    """A model with the adapter on it, where there is one."""

    model: str
    adapter_id: UUID | None

    def __str__(self) -> str:
        return f"{self.model} {self.adapter_id or ''}"


@dataclass(frozen=True)
class SceneScore:
    """How a contestant does on one type of scene; `weak` where even the interval's upper end is under one half."""

    scene_type: str
    n: int
    win_rate: float
    low: float
    high: float
    weak: bool


@dataclass(frozen=True)
class Standing:
    """One line of the leaderboard; `scenes` the weakest first."""

    contestant: Contestant
    strength: Strength
    scenes: list[SceneScore]


@dataclass(frozen=True)
class _Judged:
    game: Game[Contestant]
    scene_types: Sequence[str]


def comparisons_for(person: User, *, unjudged_by_me: bool = False) -> QuerySet[Comparison]:
    """All pairs with their tallies; `is_open` where this person has been shown it and not judged it yet."""
    own = Vote.objects.filter(comparison=OuterRef("pk"), voter=person)
    found = Comparison.objects.select_related("first", "second").annotate(
        first_wins=Count("votes", filter=FIRST_WON),
        second_wins=Count("votes", filter=SECOND_WON),
        ties=Count("votes", filter=Q(votes__choice=Choice.TIE)),
        is_open=Exists(own.filter(choice="")),
    )
    return found.filter(~Exists(own.exclude(choice=""))) if unjudged_by_me else found


def leaderboard() -> list[Standing]:
    """Every contestant that was judged against another one, the strongest first; one query."""
    judged = list(_judged())
    found = strengths([one.game for one in judged])
    scenes = _by_scene(judged)
    lines = [Standing(one, strength, scenes[one]) for one, strength in found.items()]
    return sorted(lines, key=lambda line: (-line.strength.rating, str(line.contestant)))


def _judged() -> Iterable[_Judged]:
    """Votes between different contestants, newest first."""
    rows = Vote.objects.exclude(choice="").order_by("-id").values_list(
        "choice", "first_is_left", "voter", "comparison__first__request", "comparison__first__model",
        "comparison__first__adapter", "comparison__second__model", "comparison__second__adapter",
    )  # fmt: skip
    for choice, first_is_left, voter, request, model, adapter, other_model, other_adapter in rows[:LATEST]:
        first, second = Contestant(model, adapter), Contestant(other_model, other_adapter)
        if first != second:
            score = _score(choice, first_is_left=first_is_left)
            yield _Judged(Game(first, second, score, voter), scene_types(request))


def _score(choice: str, *, first_is_left: bool) -> float:
    if choice == Choice.TIE:
        return 0.5
    return float((choice == Choice.LEFT) == first_is_left)


def _by_scene(judged: Iterable[_Judged]) -> dict[Contestant, list[SceneScore]]:
    scores: dict[Contestant, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in judged:
        for scene_type in one.scene_types:
            scores[one.game.first][scene_type].append(one.game.score)
            scores[one.game.second][scene_type].append(1 - one.game.score)
    found: dict[Contestant, list[SceneScore]] = defaultdict(list)
    for contestant, types in scores.items():
        lines = [_scene_score(name, values) for name, values in types.items()]
        found[contestant] = sorted(lines, key=lambda line: (line.high, line.scene_type))
    return found


def _scene_score(scene_type: str, values: Sequence[float]) -> SceneScore:
    n, rate = len(values), sum(values) / len(values)
    low, high = wilson(rate, n)
    return SceneScore(scene_type, n, rate, low, high, weak=n >= LEAST_VOTES and high < 0.5)


def campaign_for(scene_type: str, *, win_rate: float, n: int) -> dict[str, Any]:
    """What to send to `POST /campaigns` for more of a scene that models lose on; a draft to be looked at first."""
    facet, _, value = scene_type.partition("=")
    words = value.replace("_", " ")
    part = PART_OF[facet]
    return {
        "title": f"More shots: {facet} {words}",
        "brief": (
            f"Our video model wins {win_rate:.0%} of {n} blind comparisons on scenes with {facet} {words}. "
            f"Contribute shots in which {facet} {words} is clearly there, with the {part} described exactly."
        ),
        "required_modalities": ["scene", part, "video"],
        "coverage_targets": {scene_type: WANTED_EACH} if facet in COUNTED else {},
    }
