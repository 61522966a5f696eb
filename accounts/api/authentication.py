"""`Authorization: Bearer osl_...` as a way to sign a request."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.services import tokens

BEARER = b"bearer"


class ApiTokenAuthentication(BaseAuthentication):
    """The person of the token, limited to its scopes (`User.token_scopes`)."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        kind, _, secret = get_authorization_header(request).partition(b" ")
        if kind.lower() != BEARER:
            return None
        try:
            return tokens.person_of(secret.strip().decode("latin-1"), now=timezone.now())
        except tokens.TokenRefused as error:
            raise AuthenticationFailed(str(error), code=error.code) from error

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
