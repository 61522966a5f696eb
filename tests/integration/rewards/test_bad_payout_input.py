"""What people and programs get wrong about money on its way: a clear error each, and nothing changed."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.roles import Role
from rewards.chain.merkle import Leaf
from rewards.models import Account, Distributor, PayoutIntent, TopUp
from rewards.services import deployments, epochs
from tests.factories import curation as make
from tests.factories.chain import ADMIN, ETHER, GUARDIAN, PUBLISHER, STRANGER, Deployed
from tests.factories.payouts import Platform
from tests.integration.rewards.test_claims import client_of

NO_AMOUNTS = ["0", "-1", "1.5", "1e18", "0x10", "", " 1", "٣", "9" * 79]
DEPLOYMENT = {
    "admin": ADMIN.address,
    "guardian": GUARDIAN.address,
    "max_per_epoch_wei": str(ETHER),
    "activation_delay_s": "60",
}


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [*NO_AMOUNTS, 1.5, -1, True, None, []])
def test_a_payment_of_no_positive_whole_amount_is_not_booked(amount: Any) -> None:
    given = {"amount_wei": amount, "reference": "bank-1"}
    path = f"/api/v1/people/{make.person(Role.ENGINEER).id}/top-ups"
    refused = client_of(make.person(Role.OPERATOR)).post(path, given, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    assert list(refused.json()["fields"]) == ["amount_wei"]
    assert not TopUp.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("amount", NO_AMOUNTS)
def test_the_command_books_no_such_payment_either(amount: str) -> None:
    with pytest.raises(CommandError):
        call_command("top_up", make.person(Role.ENGINEER).email, amount, reference="bank-1")
    assert not TopUp.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"max_per_epoch_wei": "-5"}, "--max-per-epoch-wei"),
        ({"max_per_epoch_wei": "0"}, "--max-per-epoch-wei"),
        ({"max_per_epoch_wei": "1.5"}, "max-per-epoch-wei"),
        ({"max_per_epoch_wei": str(2**128)}, "--max-per-epoch-wei"),
        ({"activation_delay_s": "-1"}, "--activation-delay-s"),
        ({"activation_delay_s": str(2**31)}, "--activation-delay-s"),
        ({"admin": f"0x{'0' * 40}"}, "zero address"),
        ({"guardian": "0x12"}, "40 hexadecimal digits"),
        ({"guardian": GUARDIAN.address.lower()}, "checksum"),
        ({"token": STRANGER.address}, "no contract"),
    ],
)
def test_a_distributor_that_makes_no_sense_is_not_created(
    deployed: Deployed, db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], told: str
) -> None:
    settings.CHAIN_RPC_URL = deployed.chain.url
    monkeypatch.setattr(deployments, "_signer", lambda *_: PUBLISHER)
    options = {**DEPLOYMENT, **wrong}
    words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    with pytest.raises(CommandError, match=told):
        call_command("chain", "deploy", *words)
    assert not Distributor.objects.exists()
    assert not PayoutIntent.objects.exists()


@pytest.fixture
def two(platform: Platform) -> tuple[Platform, User, User]:
    """An epoch in force that owes two people."""
    ana, bo = platform.person(1), platform.person(2)
    platform.earn(ana, ETHER)
    platform.earn(bo, 2 * ETHER)
    return platform, ana, bo


def test_somebody_elses_proof_pays_nobody_but_them(two: tuple[Platform, User, User]) -> None:
    platform, ana, bo = two
    file = epochs.file_of(platform.publish())
    own, other = (
        next(leaf for leaf in file.leaves if leaf.payee.hex() == platform.wallets[one.id][2:].lower())
        for one in (ana, bo)
    )
    proof, wallet = file.proof_of(other), own.payee
    for forged in (
        Leaf(other.contributor_id, wallet, other.cumulative_wei),
        Leaf(own.contributor_id, wallet, other.cumulative_wei),
        Leaf(other.contributor_id, other.payee, other.cumulative_wei + 1),
    ):
        call = platform.contract.claim(forged, proof)
        assert platform.contract.refusal(call).startswith("BadProof(")
        assert platform.deployed.chain.send(STRANGER, to=call.to, data=call.data)["status"] == "0x0"
    assert platform.contract.state().total_claimed_wei == 0
    told = client_of(ana).get("/api/v1/claim").json()
    assert (told["payee"], told["claimable_wei"]) == (platform.wallets[ana.id], str(ETHER))
    assert platform.reconcile().findings == []


def test_a_forged_host_leads_nobody_elsewhere(two: tuple[Platform, User, User]) -> None:
    platform, ana, _ = two
    platform.publish()
    client = Client()
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("/api/v1/claim", "/api/v1/epochs"):
        assert client.get(name, headers={"host": "evil.example.org"}).status_code == 400
        told = client.get(name, headers={"x-forwarded-host": "evil.example.org", "x-forwarded-proto": "https"})
        assert told.status_code == 200
        assert "evil" not in told.content.decode()
