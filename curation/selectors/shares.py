"""Whose data a version holds, and how much of it counts for them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, FloatField, IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Round

from curation.lifecycle import SubmissionStatus
from curation.models import GateOutcome, Version, VersionItem


@dataclass(frozen=True)
class ContributorShare:
    """One contributor's part of a version: `weight` is the sum of their samples' quality, in basis points."""

    contributor_id: UUID
    samples: int
    weight: int


def contributor_shares(version_id: UUID) -> list[ContributorShare]:
    """By contributor; a sample weighs its quality as the manifest has it, at least one basis point, and nothing once it
    is withdrawn.
    """
    frozen_at = Version.objects.values_list("ready_at", flat=True).get(id=version_id)
    judged = GateOutcome.objects.filter(revision=OuterRef("revision"), judged_at__lte=frozen_at)
    quality = Subquery(judged.order_by("-judged_at", "-id").values("overall")[:1], output_field=FloatField())
    weight = Greatest(Cast(Round(Coalesce(quality, Value(0.0)) * 10_000), IntegerField()), Value(1))
    items = VersionItem.objects.filter(version=version_id).exclude(
        revision__submission__status=SubmissionStatus.WITHDRAWN
    )
    rows = (
        items.annotate(weight=weight)
        .values(contributor=F("revision__submission__contributor"))
        .annotate(samples=Count("id"), total=Sum("weight"))
        .order_by("contributor")
    )
    return [ContributorShare(row["contributor"], row["samples"], row["total"]) for row in rows]
