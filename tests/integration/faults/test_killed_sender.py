"""`kill -9` of a sender at each of its steps: one transaction on chain, one booking in the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.chain import anvil, deploy
from tests.factories.desk import Desk, distributor_of
from tests.integration.faults.stopping import STOPPED, Step, killed_at

SENDER = """
import django; django.setup()
import sys
from django.db import transaction
from django.utils import timezone
from rewards.models import Distributor
from rewards.services import publishing, sender
from tests.factories.chain import Deployed
from tests.factories.desk import ask_for_funding, line_to
from tests.integration.faults.stopping import stop_at
url, address, token = sys.argv[1:4]

line = line_to(url)
deployed = Deployed(None, line.node, token, address)
stop_at(*sys.argv[-3:])
with transaction.atomic():
    ask_for_funding(deployed, Distributor.objects.get())
for _ in range(6):
    sender.run(line, clock=timezone.now)
    for _ in range(3):
        line.node.web3.provider.make_request("evm_mine", [])
    publishing.book_fundings(clock=timezone.now)
print("done", flush=True)
"""
# Step -> where the sender stops, before or after, at which call.
STEPS: dict[str, Step] = {
    "intent, not committed": ("rewards.services.outbox:enqueue", "after", 1),
    "intent": ("rewards.services.sender:run", "before", 1),
    "simulated": ("rewards.services.signing:first", "before", 1),
    "signed": ("rewards.chain.signers:KeySigner.sign", "after", 1),
    "saved, not committed": ("rewards.services.outbox:move", "after", 1),
    "saved": ("rewards.chain.node:Node.broadcast", "before", 1),
    "sent": ("rewards.chain.node:Node.broadcast", "after", 1),
    "receipt": ("rewards.services.settlement:_settle", "before", 1),
    "final, not committed": ("rewards.services.outbox:move", "after", 2),
    "booked, not committed": ("rewards.services.ledger:post", "after", 1),
    "booked": ("rewards.services.publishing:book_fundings", "after", 2),
}
KEPT = ["saved"]  # in the default suite: signed and saved, and nobody was shown it


@pytest.fixture
def desk(tmp_path: Path, transactional_db: None) -> Iterator[Desk]:
    with anvil(tmp_path / "state.json") as chain:
        deployed = deploy(chain)
        yield Desk(deployed, distributor_of(deployed))


@pytest.mark.parametrize(
    "step", [pytest.param(one, marks=[] if one in KEPT else [pytest.mark.deep], id=one) for one in STEPS]
)
def test_a_sender_killed_at_any_step_does_the_thing_once(
    desk: Desk, child_environment: dict[str, str], step: str
) -> None:
    deployed = desk.deployed
    what = [deployed.chain.url, deployed.address, deployed.token]
    told = killed_at(STEPS[step], SENDER, *what, environment=child_environment)
    assert told == STOPPED, f"it never came to `{step}`"

    desk.fund()
    desk.until_settled()
    desk.assert_once()
    assert len(desk.hashes()) == 1
