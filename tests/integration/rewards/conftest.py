"""A chain with contracts, and a sender's desk on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.chain import Deployed, anvil, deploy
from tests.factories.desk import Desk, distributor_of


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[Deployed]:
    with anvil(tmp_path / "state.json") as chain:
        yield deploy(chain)


@pytest.fixture
def desk(deployed: Deployed, transactional_db: None) -> Desk:
    return Desk(deployed, distributor_of(deployed))
