"""A chain of one's own, contracts on it, a sender's desk there, and the platform that pays through them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import desk as desks
from tests.factories import payouts
from tests.factories.chain import Deployed, anvil, deploy


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[Deployed]:
    with anvil(tmp_path / "state.json") as chain:
        yield deploy(chain)


@pytest.fixture
def desk(deployed: Deployed, transactional_db: None) -> desks.Desk:
    return desks.Desk(deployed, desks.distributor_of(deployed))


@pytest.fixture
def platform(deployed: Deployed, transactional_db: None) -> payouts.Platform:
    payouts.distributor_of(deployed)
    return payouts.Platform(deployed)
