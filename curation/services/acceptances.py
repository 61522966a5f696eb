"""What is counted and kept at an acceptance, in its transaction: the standing then, and the targets it fills."""

from typing import Any

from django.db.models import F

from curation.lifecycle import EventKind
from curation.models import CoverageCount, EventFacts, Revision, Submission
from curation.record.facets import facets_of
from curation.selectors.standings import contributor_value_of

BASIS_POINTS = 10_000


def facts_of(submission: Submission, revision: Revision) -> dict[str, Any]:
    """`standing_bp`, and `coverage` as [word, wanted, accepted before] by word; None where nothing is targeted.

    Counts it in: each acceptance sees all those before it, none twice.
    """
    return {
        "standing_bp": round(contributor_value_of(submission.contributor_id) * BASIS_POINTS),
        "coverage": _counted_in(submission, revision),
    }


def count_no_more(submission: Submission) -> None:
    """Take a contribution that was accepted out of its campaign's counts."""
    kept = EventFacts.objects.filter(event__submission=submission, event__kind=EventKind.ACCEPTED).first()
    words = [word for word, _, _ in (kept.values.get("coverage") or ())] if kept else []
    if words:
        _lock(submission, words)
        counts = CoverageCount.objects.filter(campaign=submission.campaign_id, word__in=words)
        counts.update(accepted=F("accepted") - 1)


def _counted_in(submission: Submission, revision: Revision) -> list[tuple[str, int, int]] | None:
    targets: dict[str, int] = submission.campaign.coverage_targets
    if not targets:
        return None
    words = sorted(set(targets).intersection(facets_of(revision.record)))
    CoverageCount.objects.bulk_create(
        [CoverageCount(campaign_id=submission.campaign_id, word=word) for word in words], ignore_conflicts=True
    )
    before = _lock(submission, words)
    CoverageCount.objects.filter(campaign=submission.campaign_id, word__in=words).update(accepted=F("accepted") + 1)
    return [(word, targets[word], before[word]) for word in words]


def _lock(submission: Submission, words: list[str]) -> dict[str, int]:
    """Word -> count, the rows locked in the order of their words, so that two acceptances never wait for each other."""
    rows = CoverageCount.objects.filter(campaign=submission.campaign_id, word__in=words)
    return dict(rows.select_for_update().order_by("word").values_list("word", "accepted"))
