"""Notices by mail of what was changed in an account."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from accounts.models import User


def tell(person: User, subject: str, text: str) -> None:
    """After commit, a mail to the person; when it cannot be sent, what they did stands all the same."""
    transaction.on_commit(lambda: send_notice(person, subject, text), robust=True)


def send_notice(person: User, subject: str, text: str) -> None:
    """Send it now. Raises `OSError` (which `smtplib`'s errors are) when it cannot be sent."""
    send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", text, settings.DEFAULT_FROM_EMAIL, [person.email])
