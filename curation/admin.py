"""What the operator sees of this room. Nearly all of it is for reading: statuses move through services alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from curation.models import (
    Asset,
    Calibration,
    Campaign,
    Dataset,
    Decision,
    Dispute,
    Event,
    Export,
    GateOutcome,
    GatePolicy,
    PolicyVersion,
    QuizVersion,
    Rejudgement,
    Rendition,
    Review,
    Revision,
    Ruleset,
    Sample,
    Score,
    ScoringHold,
    Submission,
    Version,
    WhatIf,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows everything, changes nothing."""

    ordering = ["-id"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    list_display = ["title", "status", "license", "base_reward_wei", "budget_wei", "created_by", "created_at"]
    list_filter = ["status"]
    list_select_related = ["created_by"]
    search_fields = ["title"]


@admin.register(Asset)
class AssetAdmin(ReadOnlyAdmin):
    list_display = ["name", "status", "kind", "size", "owner", "attempts", "created_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["owner"]
    search_fields = ["id", "sha256", "owner__email"]


@admin.register(Rendition)
class RenditionAdmin(ReadOnlyAdmin):
    list_display = ["sha256", "kind", "profile", "status", "failure", "attempts", "created_at", "ready_at"]
    list_filter = ["status", "kind", "profile"]
    search_fields = ["sha256"]


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ["id", "status", "campaign", "contributor", "reviews_cast", "attempts", "leased_until", "updated_at"]
    list_filter = ["status"]
    list_select_related = ["campaign", "contributor"]
    search_fields = ["id", "contributor__email"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["id", "submission_id", "number", "modalities", "created_at"]
    search_fields = ["id", "submission__id"]


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin):
    list_display = ["revision_id", "metric", "part", "value", "model_id", "not_applicable", "measured_at"]
    list_filter = ["model_id"]
    search_fields = ["revision__id", "metric"]


@admin.register(GateOutcome)
class GateOutcomeAdmin(ReadOnlyAdmin):
    list_display = ["revision_id", "outcome", "overall", "novelty", "judged_at"]
    list_filter = ["outcome"]
    search_fields = ["revision__id"]


@admin.register(QuizVersion)
class QuizVersionAdmin(ReadOnlyAdmin):
    list_display = ["campaign", "number", "author", "created_at"]
    list_select_related = ["campaign", "author"]


@admin.register(GatePolicy)
class GatePolicyAdmin(ReadOnlyAdmin):
    list_display = ["name", "description", "created_by", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["name"]


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ReadOnlyAdmin):
    list_display = ["policy", "number", "note", "author", "sha256", "created_at"]
    list_filter = ["policy"]
    list_select_related = ["policy", "author"]
    search_fields = ["sha256", "note"]


@admin.register(Ruleset)
class RulesetAdmin(ReadOnlyAdmin):
    list_display = ["sha256", "version", "overrides", "created_at"]
    list_select_related = ["version__policy"]
    search_fields = ["sha256"]


@admin.register(WhatIf)
class WhatIfAdmin(ReadOnlyAdmin):
    list_display = ["id", "campaign", "status", "done", "total", "created_by", "created_at"]
    list_filter = ["status"]
    list_select_related = ["campaign", "created_by"]


@admin.register(Rejudgement)
class RejudgementAdmin(ReadOnlyAdmin):
    list_display = [
        "id", "campaign", "status", "done", "total", "reject_in_review", "reopen_rejected", "counts", "created_by",
        "created_at",
    ]  # fmt: skip
    list_filter = ["status"]
    list_select_related = ["campaign", "created_by"]


@admin.register(Calibration)
class CalibrationAdmin(ReadOnlyAdmin):
    list_display = ["metric", "model_id", "weights_sha256", "method", "source", "pairs", "created_at"]
    list_filter = ["metric", "model_id", "source"]
    search_fields = ["model_id", "weights_sha256"]


@admin.register(ScoringHold)
class ScoringHoldAdmin(ReadOnlyAdmin):
    list_display = ["metric", "model_id", "weights_sha256", "message", "since"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["revision_id", "reviewer", "status", "verdict", "leased_until", "cast_at"]
    list_filter = ["status", "verdict"]
    list_select_related = ["reviewer"]
    search_fields = ["revision__id", "reviewer__email"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["revision_id", "outcome", "source", "reasons", "decided_at"]
    list_filter = ["outcome", "source"]
    search_fields = ["revision__id"]


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    list_display = ["submission_id", "status", "author", "opened_at", "answered_by", "answered_at"]
    list_filter = ["status"]
    list_select_related = ["author", "answered_by"]
    search_fields = ["submission__id", "author__email"]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["kind", "at", "campaign_id", "submission_id", "version_id", "actor"]
    list_filter = ["kind"]
    list_select_related = ["actor"]
    search_fields = ["submission__id", "campaign__id"]


@admin.register(Dataset)
class DatasetAdmin(ReadOnlyAdmin):
    list_display = ["name", "created_by", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["name"]


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["dataset", "number", "status", "item_count", "merkle_root", "created_at"]
    list_filter = ["status"]
    list_select_related = ["dataset"]


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    list_display = ["id", "version_id", "profile", "status", "created_by", "created_at"]
    list_filter = ["status", "profile"]
    list_select_related = ["created_by"]


@admin.register(Sample)
class SampleAdmin(ReadOnlyAdmin):
    ordering = ["-accepted_at"]
    list_display = ["submission", "duration_s", "short_side_px", "quality", "accepted_at"]
    exclude = ["vector", "search"]
