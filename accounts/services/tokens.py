"""API tokens: made once, shown once, looked up by hash."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import ApiToken, User
from accounts.permissions import check
from accounts.roles import SCOPE_OF_ROLE, Scope
from common.errors import InvalidInput, NotFound

PREFIX = "osl_"
SECRET_BYTES = 32
HINT_LENGTH = 12
LONGEST_LIFE_DAYS = 365
USE_NOTED_EVERY = timedelta(minutes=1)


class ScopeNotHeld(InvalidInput):
    """A token was asked for more than its person's roles allow."""

    code = "scope_not_held"


class LifeOutOfRange(InvalidInput):
    code = "token_life_out_of_range"


class TokenRefused(Exception):
    """The token opens nothing; `code` says why, as far as its bearer may know."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def create(*, person: User, name: str, scopes: Sequence[str] | None, days: int, now: datetime) -> tuple[ApiToken, str]:
    """A new token's row and the token itself, which is never to be had again.

    Args:
        scopes: None for all that the person's roles allow.

    Raises:
        NotAllowed: The person came with a token; those don't make others.
        ScopeNotHeld: A scope that no role of the person grants.
        LifeOutOfRange: Not 1 to 365 days.
    """
    check(person, "token.create")
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        raise LifeOutOfRange(f"A token lives 1 to {LONGEST_LIFE_DAYS} days.", fields={"days": ["out of range"]})
    held = scopes_held_by(person)
    asked = held if scopes is None else set(scopes)
    if asked - held:
        raise ScopeNotHeld(
            f"Your roles do not grant: {', '.join(sorted(asked - held))}. They grant: {', '.join(sorted(held))}.",
            fields={"scopes": ["not granted by your roles"]},
        )
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        person=person,
        name=name,
        digest=digest(secret),
        hint=secret[:HINT_LENGTH],
        scopes=sorted(asked),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    return token, secret


def revoke(*, person: User, token_id: UUID, now: datetime) -> None:
    """End a token of the person's own; ending it again changes nothing.

    Raises:
        NotFound: Not a token of theirs.
    """
    if not ApiToken.objects.filter(id=token_id, person=person).exists():
        raise NotFound("You have no such token.")
    check(person, "token.revoke", owner=True)
    ApiToken.objects.filter(id=token_id, revoked_at__isnull=True).update(revoked_at=now)


def person_of(secret: str, *, now: datetime) -> tuple[User, ApiToken]:
    """Whom the token speaks for, limited to its scopes; one query, and at most once a minute a second one.

    Raises:
        TokenRefused: Unknown, revoked or expired, or the person's account is closed.
    """
    token = ApiToken.objects.select_related("person").filter(digest=digest(secret)).first()
    if token is None or token.revoked_at is not None:
        raise TokenRefused("This API token is unknown or was revoked. Create a new one.", "token_unknown")
    if token.expires_at <= now:
        raise TokenRefused(f"This API token expired on {token.expires_at:%Y-%m-%d}. Create a new one.", "token_expired")
    if not token.person.is_active:
        raise TokenRefused("This account is not active.", "account_inactive")
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(id=token.id).update(last_used_at=now)
    token.person.token_scopes = frozenset(token.scopes)
    return token.person, token


def scopes_held_by(person: User) -> set[str]:
    """What a token of this person may be used for at most."""
    return {Scope.READ.value} | {SCOPE_OF_ROLE[role].value for role in person.roles}


def digest(secret: str) -> str:
    """A plain hash suffices: there are 256 random bits to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
