"""Fingerprints written down before anything is looked up among them.

Each worker makes its own visible and only then looks for others'. So of two equal contributions that are scored at the
same instant at least one sees the other (`copies.settle` decides who was first).
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from curation.models import Fingerprint, FingerprintPoint, Submission
from curation.scoring import seam
from curation.selectors.copies import as_bits


@transaction.atomic
def remember(found: Mapping[UUID, Sequence[seam.Fingerprint]]) -> None:
    """Store the fingerprints of revisions, by their ids; doing it twice changes nothing.

    What they replace leaves the index: only the newest revision of a submission can be copied.
    """
    mine = Submission.objects.filter(revisions__in=list(found))
    ids = list(mine.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))
    replaced = FingerprintPoint.objects.filter(fingerprint__revision__submission__in=ids)
    replaced.exclude(fingerprint__revision__in=list(found)).delete()
    known = set(Fingerprint.objects.filter(revision__in=list(found)).values_list("revision", flat=True))
    rows = [
        (_row(revision_id, one), one)
        for revision_id, prints in found.items()
        if revision_id not in known
        for one in prints
    ]
    Fingerprint.objects.bulk_create(row for row, _ in rows)
    FingerprintPoint.objects.bulk_create(point for row, one in rows for point in _points(row, one))


def _row(revision_id: UUID, one: seam.Fingerprint) -> Fingerprint:
    return Fingerprint(
        revision_id=revision_id, kind=one.kind, part=one.part, model_id=one.source.model_id, data=one.data
    )


def _points(row: Fingerprint, one: seam.Fingerprint) -> list[FingerprintPoint]:
    return [
        FingerprintPoint(fingerprint=row, space=space, bits=bits)
        for space, words in one.points.items()
        for bits in as_bits(words)
    ]
