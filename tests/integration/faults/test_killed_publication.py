"""`kill -9` of the process that freezes, publishes and books, at each of its steps: everybody is paid once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.models import User
from rewards import selectors
from rewards.models import Claim, Epoch
from tests.factories.chain import ETHER, anvil, deploy
from tests.factories.payouts import Platform, distributor_of
from tests.integration.faults.stopping import STOPPED, Step, killed_at

pytestmark = pytest.mark.deep
PEOPLE = 3
PUBLISHER = """
import django; django.setup()
import json, sys
from uuid import UUID
from accounts.models import User
from rewards.chain.node import Node
from tests.factories.chain import ChainClient, Deployed
from tests.factories.payouts import Platform
from tests.integration.faults.stopping import stop_at
url, address, token, wallets = sys.argv[1:5]
platform = Platform(Deployed(ChainClient(url), Node(url), token, address))
platform.wallets = {UUID(person): wallet for person, wallet in json.loads(wallets).items()}
stop_at(*sys.argv[-3:])
epoch = platform.publish()
platform.claim(epoch, User.objects.order_by("email").first())
platform.step()
print("done", flush=True)
"""
BROADCAST = "rewards.chain.node:Node.broadcast"
# Step -> where the process stops. Of the broadcasts the first funds, the second proposes, the third puts in force.
STEPS: dict[str, Step] = {
    "frozen, not committed": ("rewards.services.epochs:_book", "after", 1),
    "frozen": ("rewards.services.epochs:freeze", "after", 1),
    "file stored, nothing asked for": ("rewards.services.epochs:store_file", "after", 1),
    "funding saved": (BROADCAST, "before", 1),
    "funding sent": (BROADCAST, "after", 1),
    "funding booked": ("rewards.services.publishing:book_fundings", "after", 3),
    "proposal signed": ("rewards.services.signing:first", "after", 2),
    "proposal saved": (BROADCAST, "before", 2),
    "proposal sent": (BROADCAST, "after", 2),
    "proposal final": ("rewards.services.publishing:_proposed", "before", 1),
    "activation saved": (BROADCAST, "before", 3),
    "activation sent": (BROADCAST, "after", 3),
    "in force, not committed": ("rewards.services.epochs:move", "after", 2),
    "in force": ("rewards.services.publishing:_finish", "after", 1),
    "claimed on chain": ("tests.factories.payouts:Platform.claim", "after", 1),
    "claim booked, not committed": ("rewards.services.ledger:post", "after", 2),
    "claim booked": ("rewards.services.claims:_book", "after", 1),
}


@pytest.fixture
def platform(tmp_path: Path, transactional_db: None) -> Iterator[Platform]:
    with anvil(tmp_path / "state.json") as chain:
        deployed = deploy(chain)
        distributor_of(deployed)
        yield Platform(deployed)


@pytest.mark.parametrize("step", STEPS)
def test_a_publisher_killed_at_any_step_pays_everybody_once(
    platform: Platform, child_environment: dict[str, str], step: str
) -> None:
    people = [platform.person(number) for number in range(PEOPLE)]
    for person in people:
        platform.earn(person, ETHER)
    wallets = json.dumps({str(person): wallet for person, wallet in platform.wallets.items()})
    deployed = platform.deployed
    what = [deployed.chain.url, deployed.address, deployed.token, wallets]
    assert killed_at(STEPS[step], PUBLISHER, *what, environment=child_environment) == STOPPED

    finish(platform, people[0])
    platform.assert_paid_once()
    assert Claim.objects.get().amount_wei == ETHER
    assert selectors.balance_of(people[0].id).paid_wei == ETHER


def finish(platform: Platform, claimant: User) -> None:
    """What the next process would do, and the contributor if they have not claimed yet."""
    epoch = Epoch.objects.first() or platform.freeze()
    platform.follow(epoch)
    if platform.contract.state().total_claimed_wei == 0:
        platform.claim(epoch, claimant)
    platform.step()
