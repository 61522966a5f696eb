"""Addresses of this room under `/api/v1/`: one action per address."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
