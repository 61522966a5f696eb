"""Addresses of balances, credits and the ledger."""

from django.urls import path

from rewards.api import views

urlpatterns = [
    path("balance", views.OwnBalance.as_view(), name="balance"),
    path("credits", views.OwnCredits.as_view(), name="credits"),
    path("ledger", views.Ledger.as_view(), name="ledger"),
    path("ledger/summary", views.LedgerSummary.as_view(), name="ledger-summary"),
]
