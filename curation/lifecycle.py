"""Every status of this room and every allowed move between them, as data."""

from enum import StrEnum

from django.db.models import TextChoices


class SubmissionStatus(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for scores"
    FAILED = "failed", "Scoring failed"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


SUBMISSION = SubmissionStatus
SUBMISSION_TRANSITIONS: dict[str, set[str]] = {
    SUBMISSION.DRAFT: {SUBMISSION.SUBMITTED, SUBMISSION.WITHDRAWN},
    SUBMISSION.SUBMITTED: {SUBMISSION.IN_REVIEW, SUBMISSION.REJECTED, SUBMISSION.FAILED, SUBMISSION.WITHDRAWN},
    SUBMISSION.FAILED: {SUBMISSION.SUBMITTED, SUBMISSION.WITHDRAWN},
    SUBMISSION.IN_REVIEW: {
        SUBMISSION.ACCEPTED,
        SUBMISSION.REJECTED,
        SUBMISSION.CHANGES_REQUESTED,
        SUBMISSION.WITHDRAWN,
    },
    SUBMISSION.CHANGES_REQUESTED: {SUBMISSION.SUBMITTED, SUBMISSION.WITHDRAWN},
    SUBMISSION.REJECTED: {SUBMISSION.SUBMITTED, SUBMISSION.WITHDRAWN},
    SUBMISSION.ACCEPTED: {SUBMISSION.WITHDRAWN},
    SUBMISSION.WITHDRAWN: set(),
}


class AssetStatus(TextChoices):
    UPLOADING = "uploading", "Uploading"
    VERIFYING = "verifying", "Being verified"
    READY = "ready", "Ready"
    REFUSED = "refused", "Refused"
    ABANDONED = "abandoned", "Abandoned"
    RELEASED = "released", "Removed, since nothing needed it"


ASSET_TRANSITIONS: dict[str, set[str]] = {
    AssetStatus.UPLOADING: {AssetStatus.VERIFYING, AssetStatus.ABANDONED},
    AssetStatus.VERIFYING: {AssetStatus.READY, AssetStatus.REFUSED},
    AssetStatus.READY: {AssetStatus.RELEASED},
    AssetStatus.REFUSED: set(),
    AssetStatus.ABANDONED: set(),
    AssetStatus.RELEASED: set(),
}


class RenditionStatus(TextChoices):
    """Of what is made of a file for others to see."""

    WAITING = "waiting", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


RENDITION_TRANSITIONS: dict[str, set[str]] = {
    RenditionStatus.WAITING: {RenditionStatus.READY, RenditionStatus.FAILED},
    RenditionStatus.READY: set(),
    RenditionStatus.FAILED: set(),  # a later profile makes it anew
}


class MeasuringStatus(TextChoices):
    """Of one tier's measurement of a draft."""

    WAITING = "waiting", "Waiting"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


MEASURING_TRANSITIONS: dict[str, set[str]] = {
    MeasuringStatus.WAITING: {MeasuringStatus.READY, MeasuringStatus.FAILED},
    MeasuringStatus.FAILED: {MeasuringStatus.WAITING},
    MeasuringStatus.READY: set(),
}


class CampaignStatus(TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"


CAMPAIGN_TRANSITIONS: dict[str, set[str]] = {
    CampaignStatus.DRAFT: {CampaignStatus.OPEN},
    CampaignStatus.OPEN: {CampaignStatus.PAUSED, CampaignStatus.CLOSED},
    CampaignStatus.PAUSED: {CampaignStatus.OPEN, CampaignStatus.CLOSED},
    CampaignStatus.CLOSED: {CampaignStatus.OPEN},
}


class ReviewStatus(TextChoices):
    LEASED = "leased", "Being judged"
    CAST = "cast", "Cast"
    RELEASED = "released", "Given back"


REVIEW_TRANSITIONS: dict[str, set[str]] = {
    ReviewStatus.LEASED: {ReviewStatus.CAST, ReviewStatus.RELEASED},
    ReviewStatus.RELEASED: {ReviewStatus.LEASED},
    ReviewStatus.CAST: set(),
}


class DisputeStatus(TextChoices):
    OPEN = "open", "Open"
    UPHELD = "upheld", "The rejection stands"
    OVERTURNED = "overturned", "The rejection was taken back"
    DROPPED = "dropped", "Given up by its author"


DISPUTE_TRANSITIONS: dict[str, set[str]] = {
    DisputeStatus.OPEN: {DisputeStatus.UPHELD, DisputeStatus.OVERTURNED, DisputeStatus.DROPPED},
    DisputeStatus.UPHELD: set(),
    DisputeStatus.OVERTURNED: set(),
    DisputeStatus.DROPPED: set(),
}


class BuildStatus(TextChoices):
    """Of versions, exports and export shards."""

    BUILDING = "building", "Building"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


BUILD_TRANSITIONS: dict[str, set[str]] = {
    BuildStatus.BUILDING: {BuildStatus.READY, BuildStatus.FAILED},
    BuildStatus.FAILED: {BuildStatus.BUILDING},
    BuildStatus.READY: set(),
}


class EventKind(StrEnum):
    """One per fact that somebody may want to act on; submission statuses have theirs by the same name."""

    CAMPAIGN_FUNDED = "campaign_funded"
    CAMPAIGN_OPENED = "campaign_opened"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_CLOSED = "campaign_closed"
    POLICY_CHANGED = "policy_changed"
    SUBMITTED = "submitted"
    FAILED = "failed"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVIEWED = "reviewed"
    DISPUTED = "disputed"
    DISPUTE_UPHELD = "dispute_upheld"
    DISPUTE_OVERTURNED = "dispute_overturned"
    GOLD_RETIRED = "gold_retired"
    VERSION_READY = "version_ready"
    VERSION_FAILED = "version_failed"
    EXPORT_READY = "export_ready"
    EXPORT_FAILED = "export_failed"
