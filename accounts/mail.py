"""The mail that sign-up and password reset send, and notices of what was changed in an account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Platform:
    """Who the mail is from, whatever host the request named."""

    name: str = "OpenSlate"
    domain: str = settings.APP_URL


class Mail(DefaultAccountAdapter):
    """django-allauth's adapter, speaking for the platform."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"current_site": Platform(), **context})


def tell(person: "User", subject: str, text: str) -> None:
    """After commit, a mail to the person; when it cannot be sent, what they did stands all the same."""
    transaction.on_commit(lambda: send_now(person, subject, text), robust=True)


def send_now(person: "User", subject: str, text: str) -> None:
    """Raises `OSError` (which `smtplib`'s errors are) when it cannot be sent."""
    send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", text, settings.DEFAULT_FROM_EMAIL, [person.email])
