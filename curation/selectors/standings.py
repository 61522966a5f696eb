"""A person's standings with what they change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from curation.models import Review, Standing
from curation.models.reviews import Verdict
from curation.models.trust import TrustRole
from curation.trusting.standing import DEPTH, TRUSTED_FACTS, TRUSTED_FROM, VOLUME, Level


@dataclass(frozen=True)
class Effect:
    """One thing that a standing changes: a code with the figures of its sentence, and the sentence in English."""

    code: str
    message: str
    values: Mapping[str, float] = field(default_factory=dict)


def standings_of(person: User) -> list[Standing]:
    """Both roles, also before anything was counted."""
    known = {row.role: row for row in Standing.objects.filter(person=person)}
    return [known.get(role) or Standing(person=person, role=role) for role in TrustRole.values]


def gold_counts_of(reviewer_id: UUID) -> dict[str, int]:
    """`gold_right` and `gold_wrong` as they were last counted."""
    row = Standing.objects.filter(person=reviewer_id, role=TrustRole.REVIEWER).first()
    counts = {one["name"]: one["count"] for one in row.factors} if row else {}
    return {name: counts.get(name, 0) for name in ("gold_right", "gold_wrong")}


def contributor_value_of(person_id: UUID) -> float:
    """The standing as a contributor in [0, 1], as it was last counted."""
    row = Standing.objects.filter(person=person_id, role=TrustRole.CONTRIBUTOR).first()
    return (row or Standing()).value


def is_right(review: Review) -> bool:
    """Whether a judgement of a gold item is the expected one, for one of the expected reasons where these are told."""
    gold = review.gold
    assert gold is not None
    named = not gold.reasons or bool(set(gold.reasons) & set(review.reasons))
    return review.verdict == gold.expected and (review.verdict == Verdict.APPROVE or named)


def effects_of(row: Standing) -> list[Effect]:
    """What the level changes, and what raises it."""
    level = Level(row.level)
    if row.role == TrustRole.REVIEWER:
        return _reviewing(row)
    return [
        Effect(
            "volume",
            f"Up to {VOLUME[level]} of your submissions may wait to be judged at once.",
            {"count": VOLUME[level]},
        ),
        DEPTHS[DEPTH[level]],
        Effect(
            "raised_by_work",
            f"Accepted work raises it; {TRUSTED_FROM:g} and {TRUSTED_FACTS:g} recent decisions make it trusted."
            " Rejected, duplicate and withdrawn work lowers it, less with time.",
            {"standing": TRUSTED_FROM, "decisions": TRUSTED_FACTS},
        ),
    ]


DEPTHS = {
    -1: Effect("fewer_judgements", "Each of them needs one judgement fewer than the campaign asks for."),
    0: Effect("usual_judgements", "Each of them needs as many judgements as the campaign asks for."),
    1: Effect("more_judgements", "Each of them needs one judgement more than the campaign asks for."),
}


def _reviewing(row: Standing) -> list[Effect]:
    if row.paused:
        return [
            Effect(
                "known_items",
                "You are given items whose verdict is known, until enough of your judgements are the expected ones.",
            ),
            Effect("fades", "Wrong judgements count less with time."),
        ]
    return [
        Effect("all_items", "You are given all that waits."),
        Effect("raised_by_judging", "Judgements that turn out right raise it, wrong ones lower it."),
    ]
