"""Abuse reports: made by anybody on what they may see, answered by operators, who tell the reporter."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from accounts.lifecycle import REPORT_TRANSITIONS, ReportStatus
from accounts.models import AbuseReport, User
from accounts.models.reports import ReportReason, ReportSubject
from accounts.notification_kinds import Kind
from accounts.permissions import Action, check
from accounts.services.auditing import audit
from accounts.services.notifications import notify
from common.errors import DomainError, NotFound

ANSWERS = {
    ReportStatus.UPHELD: {"en": "something was done.", "ar": "اتُّخذ إجراء."},
    ReportStatus.DISMISSED: {"en": "nothing was found wrong.", "ar": "لم يُعثر على مخالفة."},
}


class NoSuchReport(NotFound):
    code = "report_not_found"


class ReportedAlready(DomainError):
    """One's earlier report of the same thing still waits for its answer."""

    code = "reported_already"


class ReportSettled(DomainError):
    code = "report_settled"


@transaction.atomic
def report(
    *,
    reporter: User,
    subject_kind: ReportSubject,
    subject_id: UUID,
    reason: ReportReason,
    text: str,
    evidence: str = "",
    now: datetime,
) -> AbuseReport:
    """The report, waiting for an operator.

    Raises:
        NotFound: There is no such thing, or none that this person may see.
        ReportedAlready: They reported it before, and it is not answered yet.
    """
    check(reporter, Action.REPORT_CREATE)
    check_visible(reporter, subject_kind, subject_id)
    try:
        with transaction.atomic():
            return AbuseReport.objects.create(
                reporter=reporter, subject_kind=subject_kind, subject_id=subject_id, reason=reason, text=text,
                evidence=evidence, reported_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise ReportedAlready("You reported this; an operator will answer.") from error


@transaction.atomic
def answer(*, report_id: UUID, upheld: bool, answer: str, actor: User, now: datetime) -> AbuseReport:
    """The report, answered; its reporter is told.

    Raises:
        NoSuchReport: There is none.
        NotAllowed: It is the actor's own, or they are no operator.
        ReportSettled: It was answered before.
    """
    found = AbuseReport.objects.select_for_update().filter(id=report_id).first()
    if found is None:
        raise NoSuchReport("There is no such report.")
    check(actor, Action.REPORT_ANSWER, owner=found.reporter_id == actor.id)
    to = ReportStatus.UPHELD if upheld else ReportStatus.DISMISSED
    if to not in REPORT_TRANSITIONS[found.status]:
        raise ReportSettled("This report was answered already.")
    found.status, found.answer, found.answered_by, found.answered_at = to, answer, actor, now
    found.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    about = (found.subject_kind, found.subject_id)
    audit(f"report.{to}", actor=actor, now=now, about=about, detail={"report": str(found.id), "answer": answer})
    notify(
        {found.reporter_id},
        Kind.REPORT_ANSWERED,
        source_id=found.id,
        subject=("report", found.id),
        parameters={"answer": ANSWERS[to], "explanation": answer},
        now=now,
    )
    return found


def check_visible(person: User, kind: ReportSubject, subject_id: UUID) -> None:
    """Raises `NotFound` unless the person may see the thing; each room answers for its own (`settings.REPORTABLE`)."""
    if kind == ReportSubject.PERSON:
        if not User.objects.filter(id=subject_id).exists():
            raise NotFound("There is no such person.")
        return
    import_string(settings.REPORTABLE[kind])(person, subject_id)
