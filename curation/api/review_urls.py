"""Addresses of reviewing."""

from django.urls import path

from curation.api.views import disputes, reviews, trust

urlpatterns = [
    path("reviews", reviews.Reviews.as_view(), name="reviews"),
    path("reviews/next", reviews.NextReview.as_view(), name="review-next"),
    path("reviews/ahead", reviews.ReviewAhead.as_view(), name="review-ahead"),
    path("reviews/waiting", reviews.WaitingWork.as_view(), name="reviews-waiting"),
    path("reviews/<uuid:review_id>/take", reviews.TakeAgain.as_view(), name="review-take-again"),
    path("reviews/<uuid:review_id>/copies", reviews.Copies.as_view(), name="review-copies"),
    path("reviews/<uuid:review_id>/heartbeat", reviews.Heartbeat.as_view(), name="review-heartbeat"),
    path("reviews/<uuid:review_id>/vote", reviews.CastVote.as_view(), name="review-vote"),
    path("submissions/<uuid:submission_id>/dispute", disputes.SubmissionDispute.as_view(), name="submission-dispute"),
    path("disputes", disputes.Disputes.as_view(), name="disputes"),
    path("disputes/<uuid:dispute_id>", disputes.DisputePage.as_view(), name="dispute"),
    path("disputes/<uuid:dispute_id>/answer", disputes.AnswerDispute.as_view(), name="dispute-answer"),
    path("me/standing", trust.OwnStandings.as_view(), name="own-standing"),
    path("gold", trust.GoldItems.as_view(), name="gold"),
    path("gold/<uuid:gold_id>/retire", trust.RetireGold.as_view(), name="gold-retire"),
    path("campaigns/<uuid:campaign_id>/agreement", trust.CampaignAgreement.as_view(), name="campaign-agreement"),
    path("reviews/<uuid:review_id>/release", reviews.Release.as_view(), name="review-release"),
]
