"""What is checked before a tree is shown to the chain, by code that shares nothing with the code that froze it."""

from collections.abc import Mapping
from itertools import islice
from uuid import UUID

from django.db.models import Sum

from common.batches import SIZE
from rewards.chain.contract import ChainState, DistributorContract
from rewards.chain.merkle import Distributor as Place
from rewards.chain.merkle import Leaf, climb, hash_pair
from rewards.lifecycle import AccountKind, EpochStatus
from rewards.models import Entry, Epoch
from rewards.models.ledger import ASSET
from rewards.services import epochs

SAMPLED_CLAIMS = 16


def problems(epoch: Epoch, contract: DistributorContract, state: ChainState) -> list[str]:
    """Why this epoch must not be proposed, in sentences; empty where all agrees.

    Raises:
        NodeFailed: The chain could not be asked.
    """
    leaves = leaves_of(epoch)
    found = []
    if rebuilt_root(epoch) != bytes(epoch.root):
        found.append("The root that the ledger gives is another than the epoch's")
    if sum(leaves.values()) != epoch.total_wei:
        found.append("The leaves do not sum to the total")
    if state.epoch != epoch.number - 1 or state.root != bytes(epoch.previous_root):
        found.append(f"The contract is at epoch {state.epoch} with another root than this tree follows")
    if state.paused:
        found.append("A guardian paused the contract")
    if epoch.total_wei - state.total_allocated_wei > epoch.distributor.max_per_epoch_wei:
        found.append("It would add more than the contract takes in one epoch")
    claimed = contract.claimed_by(list(leaves), at=state.block_number)
    return found + below_claimed(leaves, claimed) + below_previous(epoch, leaves) + unprovable(epoch, contract)


def leaves_of(epoch: Epoch) -> dict[bytes, int]:
    """Contributor id -> what the epoch's line says they were allocated in all."""
    rows = epoch.lines.values_list("payee__contributor_id", "cumulative_wei")
    return {bytes(name): amount for name, amount in rows.iterator(SIZE)}


def below_claimed(leaves: Mapping[bytes, int], claimed: Mapping[bytes, int]) -> list[str]:
    """The first leaf that says less than its contributor has claimed on chain."""
    below = (name for name, amount in leaves.items() if amount < claimed[name])
    return [f"Contributor 0x{name.hex()} has claimed more than the leaf says" for name in islice(below, 1)]


def below_previous(epoch: Epoch, leaves: Mapping[bytes, int]) -> list[str]:
    """The first leaf of the tree in force before that this tree lacks, or has with less."""
    before = epoch.distributor.epochs.filter(number=epoch.number - 1, status=EpochStatus.ACTIVE).first()
    if before is None:
        return []
    for name, amount in before.lines.values_list("payee__contributor_id", "cumulative_wei"):
        if leaves.get(bytes(name), 0) < amount:
            return [f"Contributor 0x{bytes(name).hex()} had more in the tree before"]
    return []


def unprovable(epoch: Epoch, contract: DistributorContract) -> list[str]:
    """The first of a few leaves whose hash, as the contract makes it, the published file does not prove."""
    file = epochs.file_of(epoch)
    step = max(len(file.leaves) // SAMPLED_CLAIMS, 1)
    for leaf in file.leaves[::step]:
        if climb(contract.leaf_hash(leaf), file.proof_of(leaf)) != bytes(epoch.root):
            return [f"The proof of contributor 0x{leaf.contributor_id.hex()} does not lead to the root"]
    return []


def rebuilt_root(epoch: Epoch) -> bytes:
    """The root of what the ledger's entries say everybody was allocated and not given back, up to this epoch."""
    place = Place(epoch.distributor.chain_id, bytes.fromhex(epoch.distributor.address[2:]))
    allocated = allocated_up_to(epoch)
    rows = epoch.lines.values_list("payee__contributor_id", "payee__person_id", "address")
    level = [
        Leaf(bytes(name), bytes.fromhex(address[2:]), allocated.get(person_id, 0)).hash(place)
        for name, person_id, address in rows.iterator()
    ]
    return _root(sorted(level, reverse=True))


def allocated_up_to(epoch: Epoch) -> dict[UUID, int]:
    """Person -> what this distributor's epochs allocated to them in all, less what was given back, from the entries."""
    numbered = epoch.distributor.epochs.filter(number__lte=epoch.number)
    entries = Entry.objects.filter(
        account__kind=AccountKind.ALLOCATED,
        account__asset=ASSET,
        transaction__source__in=[epochs.source_of(one) for one in numbered],
    )
    sums = entries.values_list("account__code").annotate(sum=Sum("amount_wei"))
    return {UUID(code.removeprefix(f"{AccountKind.ALLOCATED.value}:")): amount for code, amount in sums}


def _root(level: list[bytes]) -> bytes:
    """Level by level from the leaves up, over a complete tree in OpenZeppelin's layout."""
    if len(level) == 1:
        return level[0]
    full = 1 << (len(level) - 1).bit_length()
    deepest = 2 * len(level) - full  # so many leaves stand one level deeper than the rest
    shallow, deep = level[: len(level) - deepest], level[len(level) - deepest :]
    paired = [hash_pair(deep[place], deep[place + 1]) for place in range(0, len(deep), 2)]
    nodes = paired + shallow if deepest else shallow
    while len(nodes) > 1:
        nodes = [hash_pair(nodes[place], nodes[place + 1]) for place in range(0, len(nodes), 2)]
    return nodes[0]
