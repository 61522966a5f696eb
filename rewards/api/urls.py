"""Addresses of balances, credits and the ledger."""

from django.urls import path

from rewards.api import customers, holds, outbox, payout_addresses, payouts, views

urlpatterns = [
    path("balance", views.OwnBalance.as_view(), name="balance"),
    path("credits", views.OwnCredits.as_view(), name="credits"),
    path("credits.csv", views.OwnCreditsCsv.as_view(), name="credits-csv"),
    path("pay-formula", views.CampaignPayFormula.as_view(), name="pay-formula"),
    path("people/<uuid:person_id>/holds", holds.Holds.as_view(), name="holds"),
    path("people/<uuid:person_id>/holds/lift", holds.LiftHold.as_view(), name="hold-lift"),
    path("customer-account", customers.OwnCustomerAccount.as_view(), name="customer-account"),
    path("charges", customers.OwnCharges.as_view(), name="charges"),
    path("royalties", customers.OwnRoyalties.as_view(), name="royalties"),
    path("people/<uuid:person_id>/top-ups", customers.TopUps.as_view(), name="top-ups"),
    path("ledger", views.Ledger.as_view(), name="ledger"),
    path("ledger/summary", views.LedgerSummary.as_view(), name="ledger-summary"),
    path("payout-address", payout_addresses.OwnPayoutAddress.as_view(), name="payout-address"),
    path("payout-address/changes", payout_addresses.AddressChanges.as_view(), name="payout-address-changes"),
    path(
        "payout-address/changes/<uuid:change_id>/consent",
        payout_addresses.AddressConsent.as_view(),
        name="payout-address-consent",
    ),
    path(
        "payout-address/changes/<uuid:change_id>/cancel",
        payout_addresses.CancelAddressChange.as_view(),
        name="payout-address-cancel",
    ),
    path(
        "people/<uuid:person_id>/payout-address/changes",
        payout_addresses.AddressChangesOfOthers.as_view(),
        name="payout-address-changes-of-others",
    ),
    path("claim", payouts.OwnClaim.as_view(), name="claim"),
    path("claim/sponsor", payouts.SponsorClaim.as_view(), name="claim-sponsor"),
    path("epochs", payouts.Epochs.as_view(), name="epochs"),
    path("epochs/<uuid:epoch_id>/leaves", payouts.EpochLeaves.as_view(), name="epoch-leaves"),
    path("epochs/<uuid:epoch_id>/cancel", payouts.CancelEpoch.as_view(), name="epoch-cancel"),
    path("payouts", payouts.Payouts.as_view(), name="payouts"),
    path("payouts/intents", outbox.Intents.as_view(), name="payouts-intents"),
    path("payouts/freeze", payouts.FreezeEpoch.as_view(), name="payouts-freeze"),
    path("payouts/reconcile", payouts.Reconcile.as_view(), name="payouts-reconcile"),
    path("payouts/resume", payouts.Resume.as_view(), name="payouts-resume"),
]
