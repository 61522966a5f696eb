"""Addresses of this room under `/api/v1/`: one action per address."""

from django.urls import URLPattern

from curation.api import review_urls

urlpatterns: list[URLPattern] = [
    *review_urls.urlpatterns,
]
