"""Addresses of campaigns, uploads and submissions."""

from django.urls import path

from curation.api.views import (
    assets,
    camera_paths,
    campaigns,
    lighting,
    previews,
    quizzes,
    sounds,
    statistics,
    submissions,
    vocabularies,
)

urlpatterns = [
    path("campaigns", campaigns.Campaigns.as_view(), name="campaigns"),
    path("campaigns/<uuid:campaign_id>", campaigns.CampaignDetail.as_view(), name="campaign"),
    path("campaigns/<uuid:campaign_id>/open", campaigns.OpenCampaign.as_view(), name="campaign-open"),
    path("campaigns/<uuid:campaign_id>/close", campaigns.CloseCampaign.as_view(), name="campaign-close"),
    path("campaigns/<uuid:campaign_id>/examples", campaigns.Examples.as_view(), name="campaign-examples"),
    path("campaigns/<uuid:campaign_id>/quiz", quizzes.CampaignQuiz.as_view(), name="campaign-quiz"),
    path("campaigns/<uuid:campaign_id>/fund", campaigns.FundCampaign.as_view(), name="campaign-fund"),
    path("vocabularies", vocabularies.Vocabularies.as_view(), name="vocabularies"),
    path("vocabularies/<slug:name>", vocabularies.VocabularyTerms.as_view(), name="vocabulary"),
    path("sound-events/read", sounds.ReadSounds.as_view(), name="sound-events-read"),
    path("assets", assets.Assets.as_view(), name="assets"),
    path("assets/<uuid:asset_id>", assets.AssetDetail.as_view(), name="asset"),
    path("assets/<uuid:asset_id>/parts", assets.AssetParts.as_view(), name="asset-parts"),
    path("assets/<uuid:asset_id>/complete", assets.CompleteAsset.as_view(), name="asset-complete"),
    path("assets/<uuid:asset_id>/link", assets.AssetLink.as_view(), name="asset-link"),
    path("assets/<uuid:asset_id>/conversions", assets.ConvertAsset.as_view(), name="asset-conversions"),
    path("assets/<uuid:asset_id>/camera-preview", camera_paths.CameraPreview.as_view(), name="camera-preview"),
    path("assets/<uuid:asset_id>/camera-exports", camera_paths.CameraExports.as_view(), name="camera-exports"),
    path(
        "assets/<uuid:asset_id>/camera-exports/<slug:name>", camera_paths.CameraExport.as_view(), name="camera-export"
    ),
    path("assets/<uuid:asset_id>/camera-path", camera_paths.WholeCameraPath.as_view(), name="camera-path"),
    path("captions/compose", previews.ComposeCaption.as_view(), name="caption-compose"),
    path("cameras/describe", previews.DescribeCamera.as_view(), name="camera-describe"),
    path("cameras/resample", previews.ResampleCamera.as_view(), name="camera-resample"),
    path("lighting/preview", previews.PreviewLight.as_view(), name="lighting-preview"),
    path("lighting/sun", lighting.SunPosition.as_view(), name="lighting-sun"),
    path("submissions", submissions.Submissions.as_view(), name="submissions"),
    path("submissions/<uuid:submission_id>", submissions.SubmissionPage.as_view(), name="submission"),
    path("submissions/<uuid:submission_id>/record", submissions.DraftRecord.as_view(), name="submission-record"),
    path("submissions/<uuid:submission_id>/submit", submissions.Submit.as_view(), name="submission-submit"),
    path("submissions/<uuid:submission_id>/withdraw", submissions.Withdraw.as_view(), name="submission-withdraw"),
    path("submissions/<uuid:submission_id>/retry", submissions.Retry.as_view(), name="submission-retry"),
    path("submissions/<uuid:submission_id>/precheck", submissions.Precheck.as_view(), name="submission-precheck"),
    path("submissions/<uuid:submission_id>/caption", submissions.Caption.as_view(), name="submission-caption"),
    path("submissions/<uuid:submission_id>/sound-events", sounds.SubmissionSounds.as_view(), name="submission-sounds"),
    path(
        "submissions/<uuid:submission_id>/whereabouts",
        statistics.SubmissionWhereabouts.as_view(),
        name="submission-whereabouts",
    ),
    path("me/statistics", statistics.OwnStatistics.as_view(), name="own-statistics"),
    path("people/<uuid:person_id>/statistics", statistics.PersonStatistics.as_view(), name="person-statistics"),
    path("submissions/<uuid:submission_id>/scores", submissions.Scores.as_view(), name="submission-scores"),
    path("submissions/<uuid:submission_id>/events", submissions.Events.as_view(), name="submission-events"),
]
