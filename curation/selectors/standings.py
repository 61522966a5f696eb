"""A person's standings with what they change."""

from uuid import UUID

from accounts.models import User
from curation.models import Review, Standing
from curation.models.reviews import Verdict
from curation.models.trust import TrustRole
from curation.trusting.standing import DEPTH, TRUSTED_FACTS, TRUSTED_FROM, VOLUME, Level


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


def effects_of(row: Standing) -> list[str]:
    """In sentences: what the level changes, and what raises it."""
    level = Level(row.level)
    if row.role == TrustRole.REVIEWER:
        return _reviewing(row)
    depth = {-1: "one judgement fewer than", 0: "as many judgements as", 1: "one judgement more than"}[DEPTH[level]]
    return [
        f"Up to {VOLUME[level]} of your submissions may wait to be judged at once.",
        f"Each of them needs {depth} the campaign asks for.",
        f"Accepted work raises it; {TRUSTED_FROM:g} and {TRUSTED_FACTS:g} recent decisions make it trusted. Rejected,"
        " duplicate and withdrawn work lowers it, less with time.",
    ]


def _reviewing(row: Standing) -> list[str]:
    if row.paused:
        return [
            "You are given items whose verdict is known, until enough of your judgements are the expected ones.",
            "Wrong judgements count less with time.",
        ]
    return ["You are given all that waits.", "Judgements that turn out right raise it, wrong ones lower it."]
