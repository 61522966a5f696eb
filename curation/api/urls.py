"""Addresses of this room under `/api/v1/`: one action per address."""

from django.urls import URLPattern

from curation.api import contribution_urls, dataset_urls, policy_urls, review_urls

urlpatterns: list[URLPattern] = [
    *contribution_urls.urlpatterns,
    *review_urls.urlpatterns,
    *dataset_urls.urlpatterns,
    *policy_urls.urlpatterns,
]
