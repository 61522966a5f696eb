"""What the chain worker does on a chain that nobody has prepared."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from rewards.models import Distributor, Reconciliation
from rewards.services import chain_pass, deployments
from tests.factories.chain import anvil

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def look() -> None:
    chain_pass.run(clock=lambda: NOW)


def test_a_local_chain_gets_its_contracts_once_and_agrees_with_the_ledger(
    tmp_path: Path, transactional_db: None, settings: Settings
) -> None:
    settings.VAR = tmp_path
    with anvil(tmp_path / "state.json") as chain:
        settings.CHAIN_RPC_URL = chain.url
        while not Distributor.objects.filter(in_use=True).exists():
            look()
            chain.make_final()
        look()
        distributor = Distributor.objects.get()
        contract = deployments.contract_of(deployments.line(), distributor)
        assert contract.token_address == distributor.token
        assert contract.state().held_wei == 0
        assert Reconciliation.objects.get().findings == []
        assert deployments.line().node.next_nonce(deployments.line().sender) == 2
    assert (tmp_path / "chain" / "publisher.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["http://127.0.0.1:9"])
def test_a_chain_that_does_not_answer_ends_the_pass_and_nothing_else(url: str, db: None, settings: Settings) -> None:
    settings.CHAIN_RPC_URL = url
    look()
    assert not Distributor.objects.exists()
