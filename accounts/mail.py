"""What django-allauth does for the platform: the mail it sends, and the trace of who signed in."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.services.auditing import audit


@dataclass(frozen=True)
class Platform:
    """Who the mail is from, whatever host the request named."""

    name: str = "OpenSlate"
    domain: str = settings.APP_URL


class Mail(DefaultAccountAdapter):
    """django-allauth's adapter, speaking for the platform and writing down sign-ins."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"current_site": Platform(), **context})

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> Any:
        methods = [record["method"] for record in get_authentication_records(request, user)]
        detail = {"methods": methods, "ip": self.get_client_ip(request)}
        audit("person.signed_in", actor=user, now=timezone.now(), about=("person", user.id), detail=detail)
        return super().post_login(request, user, **given)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Whose account it was meant for is written down, never what was tried."""
        known = User.objects.filter(email=User.objects.normalize_email(credentials.get("email"))).first()
        about = ("person", known.id) if known else None
        audit(
            "person.sign_in_failed",
            actor=None,
            now=timezone.now(),
            about=about,
            detail={"ip": self.get_client_ip(request)},
        )
        super().authentication_failed(request, **credentials)
