"""All that other rooms may use of this one."""

from accounts.models import User
from accounts.notices import send_notice
from accounts.notification_kinds import Kind as NotificationKind
from accounts.permissions import Action, NotInThisState, allowed, check, ever_allowed
from accounts.requires import Requires, find_person, person_of
from accounts.roles import Role
from accounts.services.auditing import audit
from accounts.services.notifications import notify, untold

__all__ = [
    "Action",
    "NotInThisState",
    "NotificationKind",
    "Requires",
    "Role",
    "User",
    "allowed",
    "audit",
    "check",
    "ever_allowed",
    "find_person",
    "notify",
    "person_of",
    "send_notice",
    "untold",
]
