"""Telling people: one row per fact and person, the app's list and the outbox of mails alike."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, Model, OuterRef, QuerySet

from accounts.models import Notification, NotificationSetting, User
from accounts.notification_kinds import DEFAULT_CHANNELS, Channel, Kind, MailStatus, words_for
from accounts.permissions import Action, check
from common import leases
from common.errors import NotFound
from common.tasks import wake

log = structlog.get_logger(__name__)

Fact = TypeVar("Fact", bound=Model)

LEASE = timedelta(minutes=2)
AT_ONCE = 20
MOST_ATTEMPTS = 8
MAIL_TASK = "accounts.tasks.mail_notifications"
FOOTER = {
    "en": "How you are told of this: {url}",
    "ar": "لتغيير طريقة إعلامك: {url}",
}


class NoSuchNotification(NotFound):
    code = "notification_not_found"


def notify(
    people: Iterable[UUID],
    kind: Kind,
    *,
    source_id: UUID,
    subject: tuple[str, UUID],
    parameters: Mapping[str, Any],
    now: datetime,
) -> None:
    """Tell these people of the fact, by the way each of them chose; telling them again changes nothing.

    Args:
        source_id: Of the row that the fact is. Once there is a notification of it, `untold` leaves it out.
        subject: What it is about: its kind and id.
        parameters: JSON; a text that differs by language is a mapping from language to text.
    """
    told = sorted(set(people))
    channels = _channels(told, kind)
    Notification.objects.bulk_create(
        [
            Notification(
                person_id=person,
                kind=kind,
                source_id=source_id,
                subject_kind=subject[0],
                subject_id=subject[1],
                parameters=dict(parameters),
                in_app=channels[person] != Channel.OFF,
                mail=MailStatus.WAITING if channels[person] == Channel.EMAIL else MailStatus.NONE,
                at=now,
            )
            for person in told
        ],
        ignore_conflicts=True,
    )
    if Channel.EMAIL in channels.values():
        wake(MAIL_TASK)


def untold(facts: QuerySet[Fact], kind: Kind) -> QuerySet[Fact]:
    """The facts, rows of any room, of which nobody was told yet: the queue of whoever tells of them."""
    return facts.exclude(Exists(Notification.objects.filter(kind=kind, source_id=OuterRef("pk"))))


def mark_read(*, notification_id: UUID, person: User, now: datetime) -> Notification:
    """The notification, read. Reading it again changes nothing. Raises `NoSuchNotification`."""
    check(person, Action.NOTIFICATION_CHANGE_OWN)
    mine = Notification.objects.filter(person=person, id=notification_id, in_app=True)
    mine.filter(read_at__isnull=True).update(read_at=now)
    found = mine.first()
    if found is None:
        raise NoSuchNotification("You have no such notification.")
    return found


def mark_all_read(*, person: User, now: datetime) -> int:
    """How many were unread until now."""
    check(person, Action.NOTIFICATION_CHANGE_OWN)
    return Notification.objects.filter(person=person, in_app=True, read_at__isnull=True).update(read_at=now)


def choose_channel(*, person: User, kind: Kind, channel: Channel) -> None:
    """Have the person told of this kind by this way from now on."""
    check(person, Action.NOTIFICATION_CHANGE_OWN)
    NotificationSetting.objects.update_or_create(person=person, kind=kind, defaults={"channel": channel})


def mail_waiting(*, clock: Callable[[], datetime]) -> int:
    """How many mails were sent. Of any number of workers one sends each.

    A mail that a worker sent when it died is sent again under the same Message-ID, by which mailboxes know it; one that
    it had not sent is not lost. What cannot be sent is tried again, ever later, and given up in the end.
    """
    waiting = Notification.objects.filter(mail=MailStatus.WAITING).select_related("person")
    sent = 0
    while batch := leases.claim(waiting, limit=AT_ONCE, lease=LEASE, now=clock()):
        for notification in batch:
            sent += _mail(notification, now=clock())
    return sent


def _mail(notification: Notification, *, now: datetime) -> bool:
    if notification.leased_until is None or notification.leased_until <= now:
        return False  # the batch took longer than its lease: another worker has it
    try:
        _message(notification).send()
    except OSError as error:
        log.warning("notification_not_mailed", notification=str(notification.id), error=str(error))
        _put_off(notification, now=now)
        return False
    leases.write_held(notification, mail=MailStatus.SENT, mailed_at=now)
    return True


def _put_off(notification: Notification, *, now: datetime) -> None:
    """Try again in 2, 4, 8, ... minutes, eight hours in all."""
    if notification.attempts >= MOST_ATTEMPTS:
        leases.write_held(notification, mail=MailStatus.FAILED)
    else:
        leases.write_held(notification, leased_until=now + timedelta(minutes=2**notification.attempts))


def _message(notification: Notification) -> EmailMessage:
    person = notification.person
    words = words_for(notification.kind, notification.parameters, person.language)
    footer = FOOTER[person.language].format(url=f"{settings.APP_URL}/account/notifications")
    return EmailMessage(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{words.title}",
        body=f"{words.text}\n\n{footer}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email],
        headers={"Message-ID": f"<{notification.id}@{urlsplit(settings.APP_URL).hostname}>"},
    )


def _channels(people: list[UUID], kind: Kind) -> dict[UUID, str]:
    chosen = NotificationSetting.objects.filter(person__in=people, kind=kind).values_list("person", "channel")
    return dict.fromkeys(people, DEFAULT_CHANNELS[kind].value) | dict(chosen)
