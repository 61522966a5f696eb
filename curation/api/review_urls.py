"""Addresses of reviewing."""

from django.urls import path

from curation.api.views import reviews

urlpatterns = [
    path("reviews", reviews.Reviews.as_view(), name="reviews"),
    path("reviews/next", reviews.NextReview.as_view(), name="review-next"),
    path("reviews/<uuid:review_id>/heartbeat", reviews.Heartbeat.as_view(), name="review-heartbeat"),
    path("reviews/<uuid:review_id>/vote", reviews.CastVote.as_view(), name="review-vote"),
    path("reviews/<uuid:review_id>/release", reviews.Release.as_view(), name="review-release"),
]
