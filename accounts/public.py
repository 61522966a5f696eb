"""All that other rooms may use of this one."""

from accounts.models import User
from accounts.notices import send_notice
from accounts.permissions import Action, NotInThisState, allowed, check, ever_allowed
from accounts.requires import Requires, find_person, person_of
from accounts.roles import Role

__all__ = [
    "Action",
    "NotInThisState",
    "Requires",
    "Role",
    "User",
    "allowed",
    "check",
    "ever_allowed",
    "find_person",
    "person_of",
    "send_notice",
]
