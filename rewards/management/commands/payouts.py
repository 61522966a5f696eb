"""`manage.py payouts freeze|status|reconcile|resume`."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.errors import DomainError
from rewards.models import Reconciliation
from rewards.selectors import payouts
from rewards.services import distributors, epochs


class Command(BaseCommand):
    help = "Freeze the next epoch, show how publication stands, compare ledger and chain, go on after a pause."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["freeze", "status", "reconcile", "resume"])

    def handle(self, *args: object, verb: str, **options: object) -> None:
        try:
            getattr(self, f"_{verb}")()
        except DomainError as error:
            raise CommandError(error.message) from error

    def _freeze(self) -> None:
        epoch = epochs.freeze(
            addresses=payouts.payout_addresses_of, least_wei=settings.PAYOUT_LEAST_WEI, now=timezone.now()
        )
        self.stdout.write(f"Epoch {epoch.number}: {epoch.leaf_count} leaves, {epoch.total_wei} in all. It is published")
        self.stdout.write("by the chain worker; `manage.py payouts status` follows it.")

    def _status(self) -> None:
        distributor = distributors.in_use()
        self.stdout.write(f"Distributor {distributor}, token {distributor.token}")
        if distributor.paused_at:
            self.stdout.write(f"PAUSED since {distributor.paused_at}: {distributor.pause_reason}")
        for epoch in distributor.epochs.order_by("number"):
            self.stdout.write(f"{epoch}: {epoch.get_status_display()}, {epoch.leaf_count} leaves, {epoch.total_wei}")
        for intent in payouts.open_intents(distributor):
            held_up = intent.alert or intent.failure.get("message", "")
            self.stdout.write(f"{intent.get_kind_display()}: {intent.get_status_display()} {held_up}")

    def _reconcile(self) -> None:
        # Imported here: they load web3, which no other verb needs.
        from rewards.chain.node import NodeFailed
        from rewards.services import deployments, reconciling

        distributor = distributors.in_use()
        try:
            line = deployments.line()
            row = reconciling.reconcile(
                distributor,
                deployments.contract_of(line, distributor),
                final_block=line.node.final_block(confirmations=line.confirmations),
                clock=timezone.now,
            )
        except NodeFailed as error:
            raise CommandError(f"The chain does not answer: {error}") from error
        self._tell(row)

    def _resume(self) -> None:
        distributors.resume(now=timezone.now())
        self.stdout.write("Publishing goes on.")

    def _tell(self, row: Reconciliation) -> None:
        for name, value in row.figures.items():
            self.stdout.write(f"{name:<20} {value}")
        if row.findings:
            raise CommandError("\n".join(finding["message"] for finding in row.findings))
        self.stdout.write(f"Ledger, trees and chain agree at block {row.block_number}.")
