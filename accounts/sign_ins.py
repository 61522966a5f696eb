"""Signing in by a way of our own, through the same stages as all others."""

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.headless.constants import Client
from allauth.headless.internal.decorators import mark_request_as_headless
from django.http import HttpRequest

from accounts.models import User
from common.errors import DomainError


class SecondFactorNeeded(DomainError):
    """The first step is done; the session waits for a one-time code, a recovery code or a passkey."""

    code = "second_factor_needed"
    status = HTTPStatus.UNAUTHORIZED


def complete(request: HttpRequest, person: User, *, method: str) -> None:
    """Make the session the person's, who proved who they are by `method`.

    Raises:
        SecondFactorNeeded: They have one; the session remembers that the first step is done.
    """
    mark_request_as_headless(request, Client.BROWSER)
    record_authentication(request, person, method=method)
    perform_login(request, Login(user=person))
    if not request.user.is_authenticated:
        raise SecondFactorNeeded("Confirm it is you with your second factor.")
