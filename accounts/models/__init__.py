"""Tables of accounts: people and their ways in, what they are told, what they report, what was done."""

from accounts.models.audit import AuditEntry
from accounts.models.notifications import Notification, NotificationSetting
from accounts.models.people import ApiToken, User, Wallet, WalletChallenge, new_person_roles
from accounts.models.reports import AbuseReport

__all__ = [
    "AbuseReport",
    "ApiToken",
    "AuditEntry",
    "Notification",
    "NotificationSetting",
    "User",
    "Wallet",
    "WalletChallenge",
    "new_person_roles",
]
