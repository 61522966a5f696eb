"""The sender's desk in tests: one key, its passes, and what must be true when all is over."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rewards.chain.node import Node
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models import ChainAttempt, ChainTx, Distributor, PayoutIntent, Transaction
from rewards.services import outbox, publishing, sender
from tests.factories.chain import CHAIN_ID, DELAY_S, ETHER, PUBLISHER, Deployed

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
AMOUNT_WEI = 5 * ETHER
MAX_FEE_WEI = 500 * 10**9


def distributor_of(deployed: Deployed) -> Distributor:
    return Distributor.objects.create(
        chain_id=CHAIN_ID,
        address=deployed.address,
        token=deployed.token,
        deployed_block=0,
        activation_delay_s=DELAY_S,
        max_per_epoch_wei=10**6 * ETHER,
        claims_read_to=0,
        created_at=NOW,
    )


def line_to(url: str, *, timeout_s: float = 10) -> sender.Line:
    return sender.Line(Node(url, timeout_s=timeout_s), PUBLISHER, CHAIN_ID, max_fee_wei=MAX_FEE_WEI)


def ask_for_funding(
    deployed: Deployed, distributor: Distributor, amount_wei: int = AMOUNT_WEI, *, batch: int = 0
) -> PayoutIntent:
    """Each a little later than the last, as they are sent in their order."""
    at, call = NOW + timedelta(microseconds=batch), deployed.contract.fund(amount_wei)
    return outbox.enqueue(distributor=distributor, epoch=None, kind=IntentKind.FUND, call=call, batch=batch, now=at)


@dataclass
class Desk:
    deployed: Deployed
    distributor: Distributor
    now: datetime = NOW
    line: sender.Line = field(init=False)

    def __post_init__(self) -> None:
        self.line = line_to(self.deployed.chain.url)

    def fund(self, amount_wei: int = AMOUNT_WEI, *, batch: int = 0) -> PayoutIntent:
        """Tokens to the distributor: the one step that the contract itself would take twice."""
        return ask_for_funding(self.deployed, self.distributor, amount_wei, batch=batch)

    def look(self) -> None:
        sender.run(self.line, clock=lambda: self.now)

    def wait_for(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def until_settled(self, *, passes: int = 8) -> None:
        for _ in range(passes):
            self.look()
            self.deployed.chain.make_final()
            if not outbox.open_on(CHAIN_ID).exists():
                return
        raise AssertionError(list(PayoutIntent.objects.values("kind", "status", "alert", "failure")))

    def alerts(self) -> list[str]:
        return list(PayoutIntent.objects.exclude(alert="").values_list("alert", flat=True))

    def hashes(self) -> list[bytes]:
        """Of all that was ever signed, in the order of signing."""
        rows = ChainAttempt.objects.order_by("chain_tx__nonce", "signed_at", "max_fee_wei")
        return [bytes(one) for one in rows.values_list("hash", flat=True)]

    def assert_once(self, amount_wei: int = AMOUNT_WEI, *, intents: int = 1) -> None:
        """Every intent is final, the tokens moved once, and each funding is booked once."""
        assert set(PayoutIntent.objects.values_list("status", flat=True)) == {IntentStatus.FINAL}
        assert self.deployed.contract.state().held_wei == amount_wei
        for _ in range(2):
            publishing.book_fundings(clock=lambda: NOW)
        assert Transaction.objects.filter(kind="custody").count() == intents
        assert ChainTx.objects.filter(abandoned_at__isnull=True).count() == intents
        seen = [self.deployed.node.receipt(one) for one in self.hashes()]
        assert sum(receipt is not None and receipt.succeeded for receipt in seen) == intents
