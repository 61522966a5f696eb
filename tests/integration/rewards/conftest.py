"""A chain of one's own, contracts on it, and the platform that pays through them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.chain import Deployed, anvil, deploy
from tests.factories.payouts import Platform, distributor_of


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[Deployed]:
    with anvil(tmp_path / "state.json") as chain:
        yield deploy(chain)


@pytest.fixture
def platform(deployed: Deployed, transactional_db: None) -> Platform:
    distributor_of(deployed)
    return Platform(deployed)
