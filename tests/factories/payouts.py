"""The platform's side of payouts in tests: people who earn, wallets, and passes over a chain of one's own."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from accounts.models import User
from rewards import selectors
from rewards.chain.contract import DistributorContract
from rewards.lifecycle import AccountKind, EpochStatus, TransactionKind
from rewards.models import Distributor, Epoch, Reconciliation, Transaction
from rewards.services import chain_pass, epochs, ledger, reconciling, sender
from rewards.services.ledger import AccountName
from tests.factories.chain import CHAIN_ID, DELAY_S, ETHER, PUBLISHER, STRANGER, Deployed, wallet


def distributor_of(deployed: Deployed) -> Distributor:
    """The row of contracts that a test deployed."""
    return Distributor.objects.create(
        chain_id=CHAIN_ID,
        address=deployed.address,
        token=deployed.token,
        deployed_block=0,
        activation_delay_s=DELAY_S,
        max_per_epoch_wei=10**6 * ETHER,
        claims_read_to=0,
        created_at=chain_now(deployed),
    )


def chain_now(deployed: Deployed) -> datetime:
    return datetime.fromtimestamp(
        int(deployed.chain.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16), UTC
    )


class Platform:
    """Who is paid where, and the platform's passes over outbox and chain."""

    def __init__(self, deployed: Deployed) -> None:
        self.deployed = deployed
        self.line = sender.Line(deployed.node, PUBLISHER, CHAIN_ID, max_fee_wei=500 * 10**9)
        self.wallets: dict[UUID, str] = {}

    def now(self) -> datetime:
        return chain_now(self.deployed)

    def person(self, number: int) -> User:
        person = User.objects.create_user(email=f"c{number}@example.org", password=None)
        self.wallets[person.id] = wallet(number).address
        return person

    def earn(self, person: User, amount: int) -> None:
        budget = AccountName(AccountKind.BUDGET, uuid4())
        now = self.now()
        ledger.post(
            key=f"f{budget.of}", kind=TransactionKind.FUNDING, source="test", now=now,
            moves={AccountName(AccountKind.FUNDING): -amount, budget: amount},
        )  # fmt: skip
        ledger.post(
            key=f"c{budget.of}", kind=TransactionKind.CREDIT, source="test", now=now,
            moves={budget: -amount, AccountName(AccountKind.ACCRUED, person.id): amount},
        )  # fmt: skip

    def addresses(self, people: Sequence[UUID], at: datetime) -> Mapping[UUID, str]:
        return {one: self.wallets[one] for one in people if one in self.wallets}

    def freeze(self) -> Epoch:
        return epochs.freeze(addresses=self.addresses, least_wei=1, now=self.now())

    def step(self) -> None:
        """One pass of everything that the chain queue does, with what was sent made final."""
        self.deployed.chain.make_final()
        chain_pass.run_on(self.line, Distributor.objects.get(), self.contract, clock=self.now)

    def publish(self) -> Epoch:
        return self.follow(self.freeze())

    def follow(self, epoch: Epoch) -> Epoch:
        for _ in range(8):
            self.step()
            epoch.refresh_from_db()
            if epoch.status == EpochStatus.PROPOSED:
                self.deployed.chain.later(DELAY_S)
            if epoch.status == EpochStatus.ACTIVE:
                return epoch
        raise AssertionError(f"{epoch} stays {epoch.status}: {epoch.failure}")

    @property
    def contract(self) -> DistributorContract:
        return self.deployed.contract

    def claim(self, epoch: Epoch, person: User) -> None:
        file = epochs.file_of(epoch)
        leaf = file.by_contributor[bytes(epoch.lines.get(payee__person=person).payee.contributor_id)]
        call = self.contract.claim(leaf, file.proof_of(leaf))
        receipt = self.deployed.chain.send(STRANGER, to=call.to, data=call.data)
        assert receipt["status"] == "0x1"

    def reconcile(self) -> Reconciliation:
        """Ledger and chain compared, with all that was sent made final; what differs pauses publication."""
        self.deployed.chain.make_final()
        return reconciling.reconcile(
            Distributor.objects.get(), self.contract, final_block=self.line.final_block(), clock=self.now
        )

    def assert_paid_once(self) -> None:
        """One root on chain, the tokens there once, one ledger transaction for each thing, and both sides agree."""
        epoch, state = Epoch.objects.get(), self.contract.state()
        assert (state.epoch, state.root, state.pending_epoch) == (epoch.number, bytes(epoch.root), 0)
        for event in ("Proposed", "Activated"):
            seen = getattr(self.contract._contract.events, event).get_logs(from_block=0)
            assert [bytes(one["args"]["root"]) for one in seen] == [bytes(epoch.root)], event
        assert state.held_wei + state.total_claimed_wei == epoch.total_wei
        booked = Transaction.objects.filter
        assert booked(kind=TransactionKind.ALLOCATION).count() == epoch.lines.exclude(added_wei=0).count()
        assert booked(kind=TransactionKind.CUSTODY).count() == 1
        assert self.reconcile().findings == []
        assert selectors.faults() == []
