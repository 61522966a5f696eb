"""Claiming through the API: with one's own wallet, or sent by the platform."""

import hashlib

import httpx
import pytest
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from rewards import selectors
from rewards.chain import leaf_file
from rewards.models import Claim, SponsoredClaim
from tests.factories import curation as make
from tests.factories.chain import ETHER, STRANGER
from tests.factories.payouts import Platform


def client_of(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def balance_on_chain(platform: Platform, person: User) -> int:
    return int(platform.contract._token.functions.balanceOf(platform.wallets[person.id]).call())


def test_a_wallet_claims_with_what_the_api_hands_out(platform: Platform) -> None:
    people = [platform.person(number) for number in range(1, 6)]
    for number, person in enumerate(people, start=1):
        platform.earn(person, number * ETHER)
    platform.publish()
    for number, person in enumerate(people, start=1):
        told = client_of(person).get("/api/v1/claim").json()
        assert told["claimable_wei"] == str(number * ETHER)
        assert told["payee"] == platform.wallets[person.id]
        receipt = platform.deployed.chain.send(
            STRANGER, to=told["distributor"], data=bytes.fromhex(told["calldata"][2:])
        )
        assert receipt["status"] == "0x1"
        assert balance_on_chain(platform, person) == number * ETHER
    platform.step()
    assert client_of(people[0]).get("/api/v1/claim").json()["claimable_wei"] == "0"
    refused = client_of(people[0]).post("/api/v1/claim/sponsor")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_claim")


def test_the_published_file_is_open_to_everybody_and_is_what_was_proposed(platform: Platform) -> None:
    platform.earn(platform.person(1), ETHER)
    epoch = platform.publish()
    link = APIClient().get(f"/api/v1/epochs/{epoch.id}/leaves")
    assert link.status_code == 302
    data = httpx.get(link.headers["Location"], trust_env=False).content
    assert hashlib.sha256(data).digest() == bytes(epoch.leaf_file_sha256)
    assert leaf_file.decode(data).root == bytes(epoch.root)


def test_sponsored_claims_go_out_together_and_once(platform: Platform) -> None:
    ada, bo = platform.person(1), platform.person(2)
    platform.earn(ada, ETHER)
    platform.earn(bo, 2 * ETHER)
    platform.publish()
    for person in (ada, bo, ada):
        answer = client_of(person).post("/api/v1/claim/sponsor")
        assert (answer.status_code, answer.json()["status"]) == (202, "waiting")
    for _ in range(3):
        platform.step()
    assert [balance_on_chain(platform, person) for person in (ada, bo)] == [ETHER, 2 * ETHER]
    assert selectors.balance_of(bo.id).paid_wei == 2 * ETHER
    assert Claim.objects.values("transaction_hash").distinct().count() == 1
    assert SponsoredClaim.objects.count() == 2
    again = client_of(ada).post("/api/v1/claim/sponsor")
    assert again.json()["code"] == "nothing_to_claim"


def test_who_claimed_by_themselves_meanwhile_is_not_sent_again(platform: Platform) -> None:
    ada = platform.person(1)
    platform.earn(ada, ETHER)
    epoch = platform.publish()
    client_of(ada).post("/api/v1/claim/sponsor")
    platform.claim(epoch, ada)
    platform.step()
    platform.step()
    assert Claim.objects.count() == 1
    assert balance_on_chain(platform, ada) == ETHER


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["payouts/freeze", "payouts/reconcile", "payouts/resume"])
def test_only_an_operator_moves_publication(path: str) -> None:
    assert client_of(make.person()).post(f"/api/v1/{path}").status_code == 403
    refused = client_of(make.person(Role.OPERATOR)).post(f"/api/v1/{path}")
    assert refused.json()["code"] == "no_distributor"
