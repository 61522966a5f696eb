"""Addresses of gate policies and calibrations."""

from django.urls import path

from curation.api.views import calibrations, policies, policy_jobs

urlpatterns = [
    path("policies", policies.Policies.as_view(), name="policies"),
    path("policies/what-if", policy_jobs.AskWhatIf.as_view(), name="policy-what-if"),
    path("policies/scores", policies.ScoreSpread.as_view(), name="policy-scores"),
    path("policies/<uuid:policy_id>/draft", policies.PolicyDraft.as_view(), name="policy-draft"),
    path("policies/<uuid:policy_id>/versions", policies.PolicyVersions.as_view(), name="policy-versions"),
    path("policy-versions/<uuid:version_id>", policies.PolicyVersionDetail.as_view(), name="policy-version"),
    path(
        "policy-versions/<uuid:version_id>/diff/<uuid:other_id>",
        policies.PolicyVersionDifference.as_view(),
        name="policy-version-diff",
    ),
    path("what-ifs/<uuid:what_if_id>", policy_jobs.WhatIfDetail.as_view(), name="what-if"),
    path("rejudgements", policy_jobs.Rejudgements.as_view(), name="rejudgements"),
    path("rejudgements/<uuid:rejudgement_id>", policy_jobs.RejudgementDetail.as_view(), name="rejudgement"),
    path("campaigns/<uuid:campaign_id>/policy", policies.CampaignPolicy.as_view(), name="campaign-policy"),
    path("submissions/<uuid:submission_id>/rules", policies.SubmissionRules.as_view(), name="submission-rules"),
    path("calibrations", calibrations.Calibrations.as_view(), name="calibrations"),
    path("calibrations/<uuid:calibration_id>", calibrations.CalibrationDetail.as_view(), name="calibration"),
    path(
        "calibrations/<uuid:calibration_id>/diagram",
        calibrations.CalibrationDiagram.as_view(),
        name="calibration-diagram",
    ),
    path("scoring-holds", calibrations.ScoringHolds.as_view(), name="scoring-holds"),
]
