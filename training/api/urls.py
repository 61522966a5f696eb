"""Addresses of this room under `/api/v1/`."""

from django.urls import path

from training.api import views

urlpatterns = [
    path("runs", views.Runs.as_view()),
    path("submissions/<uuid:submission_id>/runs", views.SubmissionRuns.as_view()),
    path("runs/config-schema", views.ConfigSchema.as_view()),
    path("runs/compare", views.CompareRuns.as_view()),
    path("runs/<uuid:run_id>", views.OneRun.as_view()),
    path("runs/<uuid:run_id>/metrics", views.RunMetrics.as_view()),
    path("runs/<uuid:run_id>/samples", views.RunSamples.as_view()),
    path("runs/<uuid:run_id>/log", views.RunLog.as_view()),
    path("runs/<uuid:run_id>/cancel", views.CancelRun.as_view()),
    path("runs/<uuid:run_id>/resume", views.ResumeRun.as_view()),
    path("checkpoints", views.Checkpoints.as_view()),
    path("checkpoints/<uuid:checkpoint_id>", views.OneCheckpoint.as_view()),
    path("checkpoints/<uuid:checkpoint_id>/adapter", views.Adapter.as_view()),
]
