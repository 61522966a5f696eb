"""Making people and changing what is known of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, check
from accounts.roles import Role
from accounts.services.auditing import audit
from common.errors import DomainError, InvalidInput, NotFound


class BadPerson(InvalidInput):
    """The e-mail address, the password or a role is not acceptable."""

    code = "bad_person"


class NoSuchPerson(NotFound):
    code = "person_not_found"


class OwnAccess(DomainError):
    """Somebody would take their own access."""

    code = "own_access"


@transaction.atomic
def ensure(*, email: str, password: str, roles: Collection[str], display_name: str = "") -> User:
    """The person with this address, with exactly these roles and this password, able to sign in at once.

    For the operator's command line: no mail is sent, the address counts as verified.

    Raises:
        BadPerson: Not an address, too weak a password, or an unknown role.
    """
    address = User.objects.normalize_email(email)
    unknown = set(roles) - set(Role.values)
    if unknown:
        raise BadPerson(f"Unknown roles: {', '.join(sorted(unknown))}. Roles are: {', '.join(Role.values)}.")
    person = User.objects.filter(email=address).first() or User(email=address)
    person.roles = [role for role in Role.values if role in roles]
    person.display_name = display_name or person.display_name
    _check(person, password)
    if not person.check_password(password):
        person.set_password(password)
    person.save()
    EmailAddress.objects.update_or_create(user=person, email=address, defaults={"verified": True, "primary": True})
    return person


@transaction.atomic
def change_access(
    *,
    person_id: UUID,
    actor: User,
    reason: str,
    now: datetime,
    roles: Collection[str] | None = None,
    is_active: bool | None = None,
) -> User:
    """The person with these roles, in or out; None leaves either as it is. What changed is in the audit log.

    Raises:
        NoSuchPerson: There is none.
        OwnAccess: Operators do not lock themselves out.
    """
    check(actor, Action.USER_MANAGE)
    person = User.objects.select_for_update(no_key=True).filter(id=person_id).first()
    if person is None:
        raise NoSuchPerson("There is no such person.")
    before = {"roles": list(person.roles), "is_active": person.is_active}
    person.roles = person.roles if roles is None else [role for role in Role.values if role in roles]
    person.is_active = person.is_active if is_active is None else is_active
    if person.id == actor.id and not person.has_role(Role.OPERATOR):
        raise OwnAccess("You cannot take your own access; ask another operator.")
    after = {"roles": list(person.roles), "is_active": person.is_active}
    if after != before:
        person.save(update_fields=["roles", "is_active"])
        detail = {"before": before, "after": after, "reason": reason}
        audit("person.access_changed", actor=actor, now=now, about=("person", person.id), detail=detail)
    return person


def update_profile(*, person: User, display_name: str | None = None, language: str | None = None) -> User:
    """Change what the person says of themselves; None leaves a field as it is.

    Raises:
        NotAllowed: The person came with a token that may only read.
    """
    check(person, "profile.edit")
    if display_name is not None:
        person.display_name = display_name
    if language is not None:
        person.language = language
    person.save(update_fields=["display_name", "language"])
    return person


def _check(person: User, password: str) -> None:
    try:
        validate_email(person.email)
        validate_password(password, person)
    except ValidationError as error:
        raise BadPerson(" ".join(error.messages)) from error
