"""Addresses of one's own profile and tokens."""

from django.urls import path

from accounts.api import audit, notifications, people, qr_codes, reports, views, wallets
from accounts.api import (
    schema as schema,  # names our ways to sign a request in the OpenAPI document
)

urlpatterns = [
    path("me", views.Me.as_view(), name="me"),
    path("tokens", views.Tokens.as_view(), name="tokens"),
    path("tokens/<uuid:token_id>", views.Token.as_view(), name="token"),
    path("qr-codes", qr_codes.QrCodes.as_view(), name="qr-codes"),
    path("people", people.People.as_view(), name="people"),
    path("people/<uuid:person_id>", people.Person.as_view(), name="person"),
    path("audit", audit.Audit.as_view(), name="audit"),
    path("audit.csv", audit.AuditFile.as_view(), name="audit-file"),
    path("reports", reports.Reports.as_view(), name="reports"),
    path("reports/<uuid:report_id>/answer", reports.AnswerReport.as_view(), name="report-answer"),
    path("notifications", notifications.Notifications.as_view(), name="notifications"),
    path("notifications/unread", notifications.Unread.as_view(), name="notifications-unread"),
    path("notifications/read-all", notifications.ReadAll.as_view(), name="notifications-read-all"),
    path(
        "notifications/<uuid:notification_id>/read", notifications.ReadNotification.as_view(), name="notification-read"
    ),
    path("notification-settings", notifications.NotificationSettings.as_view(), name="notification-settings"),
    path("sign-in/wallet", wallets.SignIn.as_view(), name="wallet-sign-in"),
    path("sign-in/wallet/challenge", wallets.SignInChallenge.as_view(), name="wallet-sign-in-challenge"),
    path("wallets", wallets.Wallets.as_view(), name="wallets"),
    path("wallets/challenge", wallets.LinkChallenge.as_view(), name="wallet-link-challenge"),
    path("wallets/<uuid:wallet_id>", wallets.OwnWallet.as_view(), name="wallet"),
]
