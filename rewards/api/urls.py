"""Addresses of balances, credits and the ledger."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
