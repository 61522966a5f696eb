"""What a person reads of their own account, and an operator of all of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import AbuseReport, AuditEntry, Notification, NotificationSetting, User
from accounts.notification_kinds import DEFAULT_CHANNELS, Kind
from accounts.permissions import Action, allowed
from common.ids import first_uuid7


@dataclass(frozen=True)
class Setting:
    """By which way a person is told of one kind."""

    kind: str
    channel: str


def notifications_of(person: User, *, unread: bool = False) -> QuerySet[Notification]:
    """Those listed in the app."""
    mine = Notification.objects.filter(person=person, in_app=True)
    return mine.filter(read_at__isnull=True) if unread else mine


def settings_of(person: User) -> list[Setting]:
    """Of every kind, chosen or not; one query."""
    chosen = dict(NotificationSetting.objects.filter(person=person).values_list("kind", "channel"))
    return [Setting(kind, chosen.get(kind, DEFAULT_CHANNELS[kind].value)) for kind in Kind.values]


def readable_reports(person: User, *, status: str = "") -> QuerySet[AbuseReport]:
    """One's own; everybody's for operators."""
    found = AbuseReport.objects.filter(status=status) if status else AbuseReport.objects.all()
    return found if allowed(person, Action.REPORT_READ, owner=False) else found.filter(reporter=person)


def people_found(search: str, *, role: str = "") -> QuerySet[User]:
    """Those whose address or name has this part, in any case; all for an empty text."""
    found = User.objects.all()
    if search:
        found = found.filter(Q(email__icontains=search) | Q(display_name__icontains=search))
    return found.filter(roles__contains=[role]) if role else found


def audit_entries(
    *,
    person_id: UUID | None = None,
    kind: str = "",
    object_id: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[AuditEntry]:
    """What was done by this person, of this kind, to this thing, in this time; one query with the actors.

    Args:
        kind: thing.verb, or a thing alone for all that is done to such.
        since, until: When it was written down, to the millisecond.
    """
    found = AuditEntry.objects.select_related("actor")
    if person_id:
        found = found.filter(actor=person_id)
    if kind:
        found = found.filter(kind=kind) if "." in kind else found.filter(kind__startswith=f"{kind}.")
    if object_id:
        found = found.filter(object_id=object_id)
    if since:
        found = found.filter(id__gte=first_uuid7(since))
    return found.filter(id__lt=first_uuid7(until)) if until else found
