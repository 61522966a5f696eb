"""`manage.py chain deploy|status|adopt-nonces`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.errors import DomainError
from common.money import whole_number
from rewards.lifecycle import IntentStatus
from rewards.models import Distributor, PayoutIntent
from rewards.services.outbox import open_on


class Command(BaseCommand):
    help = (
        "Create the distributor that payouts go through, show how key and outbox stand, or go on after a stranger used"
        " the publishing key."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        deploy = verbs.add_parser("deploy", help="Off a local chain all of it must be said.")
        deploy.add_argument("--token", help="The token that is paid. Without it a SlateToken is created: play money.")
        deploy.add_argument("--admin", help="Who may give roles and end a pause: not the publishing key.")
        deploy.add_argument("--guardian", help="Who may cancel a proposal and pause: not the publishing key.")
        deploy.add_argument("--max-per-epoch-wei", type=whole_number, help="The most that one epoch may add, for ever.")
        deploy.add_argument("--activation-delay-s", type=int, help="Between a proposal and its activation, for ever.")
        verbs.add_parser("status")
        verbs.add_parser("adopt-nonces", help="Take strangers' final transactions as they are and send what waits.")

    def handle(self, *args: object, verb: str, **options: Any) -> None:
        # Imported here: it loads web3, which the web process may not.
        from rewards.chain.node import NodeFailed
        from rewards.chain.signers import SignerUnusable
        from rewards.services.sender import AnotherSender

        try:
            {"deploy": self._deploy, "status": self._status, "adopt-nonces": self._adopt}[verb](options)
        except NodeFailed as error:
            raise CommandError(f"The chain does not answer: {error}") from error
        except SignerUnusable as error:
            raise CommandError(str(error)) from error
        except AnotherSender as error:
            raise CommandError(f"{error} Try again in a moment.") from error
        except DomainError as error:
            raise CommandError(error.message) from error

    def _deploy(self, options: dict[str, Any]) -> None:
        from rewards.services import deployments

        line, now = deployments.line(), timezone.now()
        row = deployments.ask_for(line, deployments.plan_of(line, options), now=now)
        deployments.in_use(line, now=now)
        self.stdout.write(f"Distributor {row.address}, token {row.token}, on chain {row.chain_id}.")
        self.stdout.write("The chain worker goes on until its creation is final; `manage.py chain status` follows it.")

    def _status(self, options: dict[str, Any]) -> None:
        from rewards.services import deployments

        line = deployments.line()
        node, sender = line.node, line.sender
        self.stdout.write(f"chain        {line.chain_id}, block {node.newest_block()}, final {line.final_block()}")
        self.stdout.write(f"sender       {sender}, next nonce {node.next_nonce(sender)}")
        self.stdout.write(f"gas money    {node.balance_wei(sender)} wei, base fee {node.base_fee_wei()} wei")
        self._tell_distributor(line)
        waiting = open_on(line.chain_id).order_by("created_at", "id")
        for intent in waiting:
            self.stdout.write(f"{intent.get_status_display():<22} {intent.get_kind_display()}, {intent.id}")
        if not waiting:
            self.stdout.write("Nothing waits to be sent.")
        for text in sorted(set(_alerts(line.chain_id))):
            self.stderr.write(f"ALERT: {text}")

    def _tell_distributor(self, line: Any) -> None:
        from rewards.chain.node import ask
        from rewards.services import deployments

        distributor = Distributor.objects.filter(in_use=True).first()
        if distributor is None:
            self.stdout.write("distributor  none yet; a local chain gets one from the chain worker, others by `deploy`")
            return
        state = ask(deployments.contract_of(line, distributor).state)
        self.stdout.write(f"distributor  {distributor.address}, epoch {state.epoch}")
        self.stdout.write(
            f"it holds     {state.held_wei} of {state.total_allocated_wei - state.total_claimed_wei} owed"
        )
        if distributor.paused_at:
            self.stdout.write(f"publishing   paused: {distributor.pause_reason}")

    def _adopt(self, options: dict[str, Any]) -> None:
        from rewards.services import deployments, nonces, sender

        line = deployments.line()
        with sender.alone(line):
            done = nonces.adopt(line, now=timezone.now())
        self.stdout.write(f"What the chain has below nonce {done.up_to} is taken as it is.")
        for intent in done.intents:
            self.stdout.write(f"It gets a new nonce: {intent.get_kind_display()}, {intent.id}")


def _alerts(chain_id: int) -> list[str]:
    """What holds intents up, and why others failed."""
    rows = PayoutIntent.objects.filter(distributor__chain_id=chain_id)
    failed = rows.filter(status=IntentStatus.FAILED).order_by("-created_at")[:10]
    return [
        *rows.exclude(alert="").values_list("alert", flat=True),
        *(f"{one.get_kind_display()} failed: {one.failure.get('message')}" for one in failed),
    ]
