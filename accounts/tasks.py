"""Background work of accounts."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.services import notifications, wallets
from common.tasks import background_task


@background_task(queue="default", timeout_s=60, every_s=600)
def sweep_sign_ins(**_: object) -> None:
    """Forget texts that were not signed in time, and sessions that are over."""
    wallets.sweep(now=timezone.now())
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@background_task(queue="default", timeout_s=300, every_s=10)
def mail_notifications(**_: object) -> None:
    notifications.mail_waiting(clock=timezone.now)
