"""A person's own figures, as a contributor and as a reviewer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Coalesce

from curation.lifecycle import ReviewStatus, SubmissionStatus
from curation.models import Decision, Review, Submission
from curation.models.reviews import Verdict
from curation.selectors.standings import is_right

LATEST = 5_000  # facts looked at of each kind; older ones say little of how a person works now
SHOWN_AT = Coalesce("begun_at", "created_at")  # older judgements do not say when they were begun
LEAST_GOLD = 4  # fewer items say nothing, and would name the item


@dataclass(frozen=True)
class ByModality:
    modality: str
    decided: int
    accepted: int


@dataclass(frozen=True)
class ContributorStatistics:
    """Of what one contributed.

    Attributes:
        submissions: By status, all of them.
        decided: Decisions on revisions, by outcome.
        acceptance_rate: Accepted in all decided, in [0, 1]; None where nothing was decided.
        median_decision_s: Seconds from submitting a revision to its decision.
        reasons: How often each was given for not accepting, most often first.
    """

    submissions: Mapping[str, int]
    decided: Mapping[str, int]
    acceptance_rate: float | None
    by_modality: list[ByModality]
    median_decision_s: float | None
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class ReviewerStatistics:
    """Of what one judged.

    Attributes:
        judgements: By verdict.
        agreement: Share of judgements that were the decision, in [0, 1], where reviews decided; None where none did.
        gold_accuracy: Share of checked items judged as expected, in [0, 1]; None before there were enough.
        median_judgement_s: Seconds from having it on the screen to judging.
        reasons: How often one gave each, most often first.
    """

    judgements: Mapping[str, int]
    agreement: float | None
    gold_accuracy: float | None
    median_judgement_s: float | None
    reasons: Mapping[str, int]


def contributor_statistics(person_id: UUID) -> ContributorStatistics:
    """In two queries."""
    by_status = Submission.objects.filter(contributor=person_id).values("status").annotate(count=Count("id"))
    mine = Decision.objects.filter(revision__submission__contributor=person_id).order_by("-id")
    rows = list(
        mine.values_list("outcome", "reasons", "decided_at", "revision__created_at", "revision__modalities")[:LATEST]
    )
    outcomes = Counter(outcome for outcome, *_ in rows)
    return ContributorStatistics(
        submissions=dict.fromkeys(SubmissionStatus.values, 0) | {row["status"]: row["count"] for row in by_status},
        decided=dict.fromkeys(Verdict.values, 0) | dict(outcomes),
        acceptance_rate=outcomes[Verdict.APPROVE] / len(rows) if rows else None,
        by_modality=_by_modality((outcome, modalities) for outcome, *_, modalities in rows),
        median_decision_s=_median((decided - submitted).total_seconds() for _, _, decided, submitted, _ in rows),
        reasons=_frequency(code for outcome, reasons, *_ in rows if outcome != Verdict.APPROVE for code in reasons),
    )


def reviewer_statistics(person_id: UUID) -> ReviewerStatistics:
    """In two queries."""
    cast = Review.objects.filter(reviewer=person_id, status=ReviewStatus.CAST).order_by("-id")
    rows = list(
        cast.filter(gold=None).values_list(
            "verdict", "reasons", SHOWN_AT, "cast_at", "revision__decision__outcome", "revision__decision__source"
        )[:LATEST]
    )
    gold = list(cast.filter(gold__retired_at=None, gold__isnull=False).select_related("gold")[:LATEST])
    decided = [(verdict, outcome) for verdict, *_, outcome, source in rows if source == "reviews"]
    return ReviewerStatistics(
        judgements=dict.fromkeys(Verdict.values, 0) | dict(Counter(verdict for verdict, *_ in rows)),
        agreement=_share(verdict == outcome for verdict, outcome in decided),
        gold_accuracy=_share(is_right(review) for review in gold) if len(gold) >= LEAST_GOLD else None,
        median_judgement_s=_median((at - taken).total_seconds() for _, _, taken, at, _, _ in rows if at),
        reasons=_frequency(code for _, reasons, *_ in rows for code in reasons),
    )


def _by_modality(decisions: Iterable[tuple[str, list[str]]]) -> list[ByModality]:
    decided: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for outcome, modalities in decisions:
        decided.update(modalities)
        accepted.update(modalities if outcome == Verdict.APPROVE else ())
    return [ByModality(name, count, accepted[name]) for name, count in sorted(decided.items())]


def _frequency(codes: Iterable[str]) -> dict[str, int]:
    return dict(Counter(codes).most_common())


def _share(right: Iterable[bool]) -> float | None:
    told = list(right)
    return sum(told) / len(told) if told else None


def _median(values: Iterable[float]) -> float | None:
    told = list(values)
    return float(median(told)) if told else None
