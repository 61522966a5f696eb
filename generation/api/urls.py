"""Addresses of this room under `/api/v1/`."""

from django.urls import path

from generation.api import views

urlpatterns = [
    path("generations", views.Generations.as_view()),
    path("generations/estimate", views.EstimateGeneration.as_view()),
    path("leaderboard", views.Leaderboard.as_view()),
    path("generations/<uuid:generation_id>", views.OneGeneration.as_view()),
    path("generations/<uuid:generation_id>/cancel", views.CancelGeneration.as_view()),
    path("generations/<uuid:generation_id>/retry", views.RetryGeneration.as_view()),
    path("generations/<uuid:generation_id>/link", views.GenerationLink.as_view()),
    path("comparisons", views.Comparisons.as_view()),
    path("comparisons/next", views.NextPair.as_view()),
    path("comparisons/<uuid:comparison_id>/votes", views.CastVote.as_view()),
    path("comparisons/<uuid:comparison_id>/result", views.ComparisonResult.as_view()),
]
