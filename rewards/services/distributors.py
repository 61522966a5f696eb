"""Stopping and resuming publication, and asking for a comparison of ledger and chain."""

from datetime import datetime
from http import HTTPStatus

import structlog
from django.db import transaction

from accounts.public import User, audit
from common.errors import DomainError
from rewards.models import Distributor, Reconciliation

log = structlog.get_logger(__name__)


class NoDistributor(DomainError):
    """There is no contract to pay through."""

    code = "no_distributor"
    status = HTTPStatus.CONFLICT


class NotReconciled(DomainError):
    """Ledger and chain were not found to agree since publication stopped."""

    code = "not_reconciled"
    status = HTTPStatus.CONFLICT


def in_use() -> Distributor:
    """Raises `NoDistributor`."""
    found = Distributor.objects.filter(in_use=True).first()
    if found is None:
        raise NoDistributor("No distributor is deployed yet. A local chain gets one from the chain worker.")
    return found


@transaction.atomic
def pause(distributor: Distributor, reason: str, *, now: datetime) -> None:
    """Publish nothing more until an operator resumes; the first reason stays."""
    stopped = Distributor.objects.filter(pk=distributor.pk, paused_at__isnull=True)
    if stopped.update(paused_at=now, pause_reason=reason):
        audit("payout.paused", actor=None, now=now, about=("distributor", distributor.pk), detail={"reason": reason})
        log.error("publishing_paused", distributor=str(distributor), reason=reason)


def ask_for_reconciliation(*, now: datetime) -> Distributor:
    """The chain worker compares ledger and chain at its next pass. Raises `NoDistributor`."""
    distributor = in_use()
    distributor.reconcile_asked_at = now
    distributor.save(update_fields=["reconcile_asked_at"])
    return distributor


@transaction.atomic
def resume(*, now: datetime, actor: User | None = None) -> Distributor:
    """Go on publishing; steps that failed before are tried again. Resuming what goes on changes nothing.

    Raises:
        NoDistributor: There is nothing to resume.
        NotReconciled: Ledger and chain were not compared since it stopped, or did not agree.
    """
    distributor = in_use()
    if distributor.paused_at is None:
        return distributor
    last = Reconciliation.objects.filter(distributor=distributor, at__gt=distributor.paused_at).order_by("-at").first()
    if last is None:
        raise NotReconciled("Ledger and chain were not compared since publishing stopped. Ask for that first.")
    if last.findings:
        raise NotReconciled(f"Ledger and chain do not agree: {last.findings[0]['message']}")
    distributor.paused_at, distributor.pause_reason, distributor.resumed_at = None, "", now
    distributor.save(update_fields=["paused_at", "pause_reason", "resumed_at"])
    audit("payout.resumed", actor=actor, now=now, about=("distributor", distributor.id))
    log.info("publishing_resumed", distributor=str(distributor))
    return distributor
