"""Reads of payouts: who is paid where, what one can claim and by which proof, how publication stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from common.batches import batches
from rewards.chain import calldata
from rewards.chain.merkle import WORD_BYTES, Leaf, siblings
from rewards.lifecycle import AddressStatus, EpochStatus, IntentStatus
from rewards.models import Claim, Distributor, Epoch, EpochLine, EpochTree, PayeeAddress, PayoutIntent


@dataclass(frozen=True)
class ClaimStanding:
    """One person's leaf in the tree in force, and how much of it was paid as far as is final."""

    line: EpochLine
    leaf: Leaf
    proof: Sequence[bytes]
    claimed_wei: int

    @property
    def claimable_wei(self) -> int:
        return max(self.leaf.cumulative_wei - self.claimed_wei, 0)

    @property
    def calldata(self) -> bytes:
        """What to send to the distributor; anybody may."""
        return calldata.claim(self.leaf, self.proof)


@dataclass(frozen=True)
class PayoutStanding:
    """Where a person is paid now (None: nowhere yet), and all changes of it, newest first."""

    address: str | None
    changes: QuerySet[PayeeAddress]


def payout_addresses_of(people: Sequence[UUID], at: datetime) -> Mapping[UUID, str]:
    """Person -> where their tokens go at an instant; who has said nothing yet is not in it."""
    found: dict[UUID, str] = {}
    for some in batches(people):
        rows = PayeeAddress.objects.filter(person__in=some, status=AddressStatus.CONSENTED, effective_at__lte=at)
        # The same person's later row replaces the earlier one.
        found |= rows.order_by("effective_at").values_list("person", "address")
    return found


def payout_address_of(person_id: UUID, at: datetime) -> str | None:
    return payout_addresses_of([person_id], at).get(person_id)


def payout_standing_of(person_id: UUID, at: datetime) -> PayoutStanding:
    changes = PayeeAddress.objects.filter(person=person_id).order_by("-id")
    return PayoutStanding(payout_address_of(person_id, at), changes)


def epoch_in_force(distributor: Distributor) -> Epoch | None:
    return distributor.epochs.filter(status=EpochStatus.ACTIVE).order_by("-number").first()


def claim_of(person_id: UUID) -> ClaimStanding | None:
    """What the person can claim through the distributor in use; None where no tree in force has a leaf of theirs."""
    lines = EpochLine.objects.filter(
        payee__person=person_id, epoch__distributor__in_use=True, epoch__status=EpochStatus.ACTIVE
    )
    # Lines are carried from tree to tree, so the newest one is of the tree in force.
    line = lines.select_related("payee", "epoch__distributor").order_by("-epoch__number").first()
    if line is None:
        return None
    leaf = Leaf(bytes(line.payee.contributor_id), bytes.fromhex(line.address[2:]), line.cumulative_wei)
    claimed = Claim.objects.filter(payee=line.payee).aggregate(sum=Sum("amount_wei"))["sum"] or 0
    return ClaimStanding(line, leaf, _proof(line), claimed)


def epochs() -> QuerySet[Epoch]:
    """All that were ever frozen, also of earlier distributors."""
    return Epoch.objects.select_related("distributor")


def open_intents(distributor: Distributor) -> QuerySet[PayoutIntent]:
    """What is to be sent or on its way, and what was refused since an operator last said to go on; oldest first."""
    unsettled = Q(status__in=[IntentStatus.WAITING, IntentStatus.SENT])
    refused = Q(status=IntentStatus.FAILED)
    if distributor.resumed_at:
        refused &= Q(created_at__gt=distributor.resumed_at)
    return distributor.intents.filter(unsettled | refused).select_related("epoch").order_by("id")


def _proof(line: EpochLine) -> list[bytes]:
    """Reads the few nodes it needs out of the stored tree, in one query."""
    places = siblings(line.place)
    if not places:
        return []
    cuts = ", ".join(f"substring(nodes FROM %s FOR {WORD_BYTES})" for _ in places)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {cuts} FROM {EpochTree._meta.db_table} WHERE epoch_id = %s",  # noqa: S608 - a count and a name
            [*(place * WORD_BYTES + 1 for place in places), line.epoch_id],
        )
        return [bytes(node) for node in cursor.fetchone()]
