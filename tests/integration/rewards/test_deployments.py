"""The configured chain: whose key publishes there, and how its distributor comes to be."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import boto3
import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.roles import Role
from rewards.chain.signers import SignerUnusable, check_may_cost
from rewards.lifecycle import IntentStatus
from rewards.models import ChainTx, Distributor, PayoutIntent
from rewards.services import chain_pass, deployments
from tests.factories import curation as make
from tests.factories.chain import CHAIN_ID, Chain, anvil
from tests.factories.kms import KmsStub

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BASE = "https://mainnet.base.org"


@pytest.fixture
def chain(tmp_path: Path, settings: Settings, transactional_db: None) -> Iterator[Chain]:
    with anvil(tmp_path / "state.json") as running:
        settings.CHAIN_RPC_URL, settings.CHAIN_ID, settings.VAR = running.url, CHAIN_ID, tmp_path
        yield running


def until_in_use(chain: Chain) -> Distributor:
    """Pass after pass, as beat would; each that sent something is buried."""
    for _ in range(8):
        chain_pass.run(clock=lambda: NOW)
        chain.make_final()
        if found := Distributor.objects.filter(in_use=True).first():
            return found
    raise AssertionError(list(PayoutIntent.objects.values("kind", "status", "alert", "failure")))


def test_a_local_chain_gets_its_contracts_by_itself_and_once(chain: Chain) -> None:
    distributor = until_in_use(chain)
    chain_pass.run(clock=lambda: NOW)
    line = deployments.line()
    contract = deployments.contract_of(line, distributor)
    assert contract.state().epoch == 0
    assert contract.token_address == distributor.token
    assert distributor.deployed_block > 0
    assert line.node.next_nonce(line.sender) == ChainTx.objects.count() == 2
    assert Distributor.objects.count() == 1


def test_contracts_that_are_there_already_are_not_made_again(chain: Chain) -> None:
    line = deployments.line()
    deployments.in_use(line, now=NOW)
    creation = PayoutIntent.objects.get(kind="token")
    chain.give_gas(line.sender)
    chain.make_final()
    PayoutIntent.objects.exclude(pk=creation.pk).update(status=IntentStatus.FAILED)
    again = PayoutIntent.objects.create(
        distributor=creation.distributor, kind="token", batch=1, to=creation.to, data=creation.data, created_at=NOW
    )
    deployments.in_use(line, now=NOW)
    deployments.in_use(line, now=NOW)
    again.refresh_from_db()
    assert again.status == IntentStatus.FINAL
    assert again.transaction_hash is None


def test_kms_can_publish(chain: Chain, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    stub = KmsStub(high_s=True)
    monkeypatch.setattr(boto3, "client", lambda service, **_: stub)
    settings.CHAIN_KMS_KEY_ID = f"alias/{chain.url}"
    distributor = until_in_use(chain)
    assert deployments.contract_of(deployments.line(), distributor).state().epoch == 0
    assert stub.signed == 2


def test_status_says_how_key_and_outbox_stand(chain: Chain) -> None:
    distributor = until_in_use(chain)
    said = StringIO()
    call_command("chain", "status", stdout=said)
    assert "next nonce 2" in said.getvalue()
    assert distributor.address in said.getvalue()
    assert "Nothing waits to be sent." in said.getvalue()


def test_operators_alone_see_the_outbox_with_all_that_was_signed(chain: Chain) -> None:
    until_in_use(chain)
    client = APIClient()
    client.force_authenticate(make.person())
    assert client.get("/api/v1/payouts/intents").status_code == 403
    client.force_authenticate(make.person(Role.OPERATOR))
    intents = client.get("/api/v1/payouts/intents").json()["results"]
    assert {(one["kind"], one["status"]) for one in intents} == {("token", "final"), ("distributor", "final")}
    [transaction] = intents[0]["transactions"]
    assert transaction["attempts"][0]["hash"] == intents[0]["transaction_hash"]


def test_a_second_distributor_is_refused(chain: Chain) -> None:
    until_in_use(chain)
    with pytest.raises(CommandError, match="has the distributor 0x"):
        call_command("chain", "deploy")


def test_another_chain_than_the_configured_one_gets_nothing(chain: Chain, settings: Settings) -> None:
    settings.CHAIN_ID = 8453
    with pytest.raises(SignerUnusable, match="CHAIN_RPC_URL is chain 31337, CHAIN_ID is 8453"):
        deployments.line()


def test_real_money_needs_the_sentence_that_says_what_it_costs() -> None:
    with pytest.raises(SignerUnusable, match="costs real money") as refused:
        check_may_cost(chain_id=8453, rpc_url=BASE, said="yes")
    sentence = str(refused.value).split('"')[1]
    check_may_cost(chain_id=8453, rpc_url=BASE, said=sentence)
    with pytest.raises(SignerUnusable):
        check_may_cost(chain_id=1, rpc_url=BASE, said=sentence)
    check_may_cost(chain_id=84_532, rpc_url="https://sepolia.base.org", said="")


def test_a_new_key_opens_with_its_password_alone(
    tmp_path: Path, chain: Chain, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, said = tmp_path / "key.json", StringIO()
    monkeypatch.setenv("CHAIN_KEYSTORE_PASSWORD", "correct horse battery")
    call_command("chain_key", str(path), stdout=said)
    settings.CHAIN_KEYSTORE, settings.CHAIN_KEYSTORE_PASSWORD = str(path), "correct horse battery"
    assert deployments.line().sender in said.getvalue()
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="never written over"):
        call_command("chain_key", str(path))


def test_deeply_nested_json_is_an_error_still_where_keys_are_loaded() -> None:
    program = (
        "import json, sys; limit = sys.getrecursionlimit(); import rewards.chain.signers, rewards.chain.node\n"
        "assert sys.getrecursionlimit() == limit\n"
        "try: json.loads('[' * 100_000)\n"
        "except RecursionError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "refused", done
