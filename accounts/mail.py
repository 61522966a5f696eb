"""The mail that sign-up and password reset send."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


@dataclass(frozen=True)
class Platform:
    """Who the mail is from, whatever host the request named."""

    name: str = "OpenSlate"
    domain: str = settings.APP_URL


class Mail(DefaultAccountAdapter):
    """django-allauth's adapter, speaking for the platform."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"current_site": Platform(), **context})
