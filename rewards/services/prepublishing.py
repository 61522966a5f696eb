"""What is checked before a tree is shown to the chain, by code that shares nothing with the code that froze it."""

from collections import defaultdict
from uuid import UUID

from rewards.chain.contract import ChainState, DistributorContract
from rewards.chain.merkle import Distributor as Place
from rewards.chain.merkle import Leaf, hash_pair
from rewards.lifecycle import AccountKind
from rewards.models import Account, Entry, Epoch
from rewards.models.ledger import ASSET

SAMPLED_CLAIMS = 32


def problems(epoch: Epoch, contract: DistributorContract, state: ChainState) -> list[str]:
    """Why this epoch must not be proposed, in sentences; empty where all agrees."""
    leaves = {bytes(line.payee.contributor_id): line for line in epoch.lines.select_related("payee")}
    found = []
    if rebuilt_root(epoch) != bytes(epoch.root):
        found.append("The root that the ledger gives is another than the epoch's")
    if sum(line.cumulative_wei for line in leaves.values()) != epoch.total_wei:
        found.append("The leaves do not sum to the total")
    if state.epoch != epoch.number - 1 or state.root != bytes(epoch.previous_root):
        found.append(f"The contract is at epoch {state.epoch} with another root than this tree follows")
    if state.paused:
        found.append("A guardian paused the contract")
    if epoch.total_wei - state.total_allocated_wei > epoch.distributor.max_per_epoch_wei:
        found.append("It would add more than the contract takes in one epoch")
    below = [name for name, line in leaves.items() if line.cumulative_wei < contract.claimed_wei(name)][:1]
    found += [f"Contributor 0x{name.hex()} has claimed more than the leaf says" for name in below]
    return found


def rebuilt_root(epoch: Epoch) -> bytes:
    """The root of what the ledger's entries say everybody was allocated and not given back, up to this epoch."""
    place = Place(epoch.distributor.chain_id, bytes.fromhex(epoch.distributor.address[2:]))
    allocated = _allocated()
    level = []
    for payee_name, person_id, address in epoch.lines.values_list(
        "payee__contributor_id", "payee__person_id", "address"
    ):
        level.append(Leaf(bytes(payee_name), bytes.fromhex(address[2:]), allocated[person_id]).hash(place))
    return _root(sorted(level, reverse=True))


def _allocated() -> dict[UUID, int]:
    """Person -> all that ever came to their allocated account, from its entries: what went on to paid is in it too."""
    kinds = (AccountKind.ALLOCATED, AccountKind.PAID)
    sums: dict[UUID, int] = defaultdict(int)
    rows = Account.objects.filter(kind__in=kinds, asset=ASSET).values_list("kind", "code", "id")
    owners = {row_id: UUID(code.removeprefix(f"{kind}:")) for kind, code, row_id in rows}
    for account_id, amount in Entry.objects.filter(account__in=list(owners)).values_list("account", "amount_wei"):
        sums[owners[account_id]] += amount
    return sums


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
