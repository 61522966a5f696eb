"""Making people and changing what is known of them."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from accounts.permissions import check
from accounts.roles import Role
from common.errors import InvalidInput


class BadPerson(InvalidInput):
    """The e-mail address, the password or a role is not acceptable."""

    code = "bad_person"


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
