"""Where people are paid: consents of real keys and of a wallet contract, notice, cool-down, and the next freeze."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from eth_account.signers.local import LocalAccount
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.models import User, Wallet
from accounts.roles import Role
from accounts.services import tokens
from common import ethereum
from rewards.lifecycle import AccountKind, EpochStatus, TransactionKind
from rewards.models import Distributor, Epoch, PayeeAddress
from rewards.selectors import payouts
from rewards.services import epochs, ledger, payout_addresses
from rewards.services.ledger import AccountName
from tests.factories.chain import CHAIN_ID, Chain, anvil
from tests.factories.wallets import deploy_contract_wallet, key, malleated, signature_of, signed

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = key(0xF1), key(0xF2), key(0xF3)
PAYING, TOKEN = key(0xD1).address, key(0xD2).address  # any addresses do where no chain is asked
NO_NODE = "http://127.0.0.1:1"
COOL_DOWN = timedelta(hours=72)
NOW = timezone.now()


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    with anvil(tmp_path_factory.mktemp("chain") / "state.json") as running:
        yield running


@pytest.fixture(autouse=True)
def _node(settings: Settings, chain: Chain) -> None:
    settings.CHAIN_RPC_URL = chain.url


@pytest.fixture(autouse=True)
def distributor(db: None) -> Distributor:
    return Distributor.objects.create(
        chain_id=CHAIN_ID,
        address=PAYING,
        token=TOKEN,
        deployed_block=0,
        activation_delay_s=60,
        max_per_epoch_wei=10**24,
        claims_read_to=0,
        created_at=NOW,
    )


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@example.org", "a-long-password")


@pytest.fixture
def operator() -> User:
    return User.objects.create_user("op@example.org", "a-long-password", roles=[Role.OPERATOR])


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def bearer_of(person: User) -> APIClient:
    token = tokens.create(person=person, name="laptop", scopes=None, days=1, now=timezone.now())[1]
    return APIClient(headers={"authorization": f"Bearer {token}"})


def post(client: Any, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"/api/v1/{path}", body or {}, content_type="application/json")


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def consent(change: PayeeAddress, by: LocalAccount) -> str:
    return signature_of(ethereum.typed_message(change.typed_data), by)


def ask(person: User, address: str, *, now: datetime = NOW, by: User | None = None) -> PayeeAddress:
    return payout_addresses.ask(person=person, address=address, by=by or person, now=now)


def accept(change: PayeeAddress, signature: str, *, now: datetime = NOW, by: User | None = None) -> PayeeAddress:
    rpc = ethereum.Rpc(NO_NODE)
    return payout_addresses.accept_consent(
        change_id=change.id, signature=signature, by=by or change.asked_by, rpc=rpc, now=now
    )


def change_to(person: User, wallet: LocalAccount, *, now: datetime = NOW, by: User | None = None) -> PayeeAddress:
    change = ask(person, wallet.address, now=now, by=by)
    return accept(change, consent(change, wallet), now=now)


def paid_at(person: User, at: datetime) -> str | None:
    return payouts.payout_address_of(person.id, at)


def earn(person: User, amount: int) -> None:
    budget, owed = AccountName(AccountKind.BUDGET, uuid4()), AccountName(AccountKind.ACCRUED, person.id)
    for kind, moves in (
        (TransactionKind.FUNDING, {AccountName(AccountKind.FUNDING): -amount, budget: amount}),
        (TransactionKind.CREDIT, {budget: -amount, owed: amount}),
    ):
        ledger.post(key=f"{kind}:{budget.of}", kind=kind, source="test", now=NOW, moves=moves)


def frozen(now: datetime) -> Epoch:
    return epochs.freeze(addresses=payouts.payout_addresses_of, least_wei=1, now=now)


def test_first_address_consents_through_the_api_and_is_in_force_at_once(ana: User) -> None:
    client = browser_of(ana)
    assert client.get("/api/v1/payout-address").json() == {"address": None, "changes": []}
    asked = post(client, "payout-address/changes", {"address": FIRST.address})
    assert (asked.status_code, asked.json()["status"]) == (201, "asked")
    typed = asked.json()["typed_data"]
    assert typed["domain"]["verifyingContract"] == PAYING
    assert typed["domain"]["chainId"] == CHAIN_ID
    assert typed["message"]["contributor"] == f"0x{bytes(ana.payees.get().contributor_id).hex()}"
    signature = signature_of(ethereum.typed_message(typed), FIRST)
    answer = post(client, f"payout-address/changes/{asked.json()['id']}/consent", {"signature": signature})
    assert (answer.status_code, answer.json()["status"]) == (200, "consented"), answer.json()
    assert client.get("/api/v1/payout-address").json()["address"] == FIRST.address
    assert payout_addresses.send_notices(now=timezone.now()) == 1
    assert FIRST.address in mail.outbox[0].body


def test_change_is_in_force_at_the_first_freeze_after_notice_and_cool_down(ana: User) -> None:
    change_to(ana, FIRST)
    change = change_to(ana, SECOND)
    told = NOW + timedelta(hours=1)
    assert paid_at(ana, NOW + timedelta(days=365)) == FIRST.address, "nobody was told yet"
    assert payout_addresses.send_notices(now=told) == 2
    assert payout_addresses.send_notices(now=told) == 0
    assert {message.to[0] for message in mail.outbox} == {ana.email}
    change.refresh_from_db()
    assert change.effective_at == told + COOL_DOWN
    earn(ana, 5)
    before = frozen(told + COOL_DOWN - timedelta(seconds=1))
    assert before.lines.get().address == FIRST.address
    epochs.move(before, EpochStatus.PROPOSED)
    epochs.move(before, EpochStatus.ACTIVE)
    earn(ana, 2)
    after = frozen(told + COOL_DOWN).lines.get()
    assert (after.address, after.cumulative_wei) == (SECOND.address, 7)
    assert payouts.payout_addresses_of([ana.id], NOW) == {ana.id: FIRST.address}


def test_mail_that_cannot_be_sent_delays_the_change(ana: User, settings: Settings) -> None:
    change_to(ana, FIRST)
    payout_addresses.send_notices(now=NOW)
    change = change_to(ana, SECOND)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert payout_addresses.send_notices(now=NOW) == 0
    change.refresh_from_db()
    assert (change.notice_sent_at, change.effective_at) == (None, None)


def test_change_is_cancelled_within_the_cool_down_and_not_after(ana: User) -> None:
    change_to(ana, FIRST)
    change = change_to(ana, SECOND)
    payout_addresses.send_notices(now=NOW)
    for _ in range(2):
        cancelled = post(browser_of(ana), f"payout-address/changes/{change.id}/cancel")
        assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    assert paid_at(ana, NOW + timedelta(days=30)) == FIRST.address
    third = change_to(ana, THIRD)
    payout_addresses.send_notices(now=NOW)
    with pytest.raises(payout_addresses.ChangeSettled):
        payout_addresses.cancel(change_id=third.id, by=ana, now=NOW + COOL_DOWN)
    assert paid_at(ana, NOW + COOL_DOWN) == THIRD.address


def test_only_one_change_waits_at_a_time(ana: User) -> None:
    change_to(ana, FIRST)
    change_to(ana, SECOND)
    with pytest.raises(payout_addresses.ChangeUnderWay):
        change_to(ana, THIRD)
    payout_addresses.send_notices(now=NOW)
    with pytest.raises(payout_addresses.ChangeUnderWay):
        change_to(ana, THIRD)


def test_operator_changes_it_for_who_lost_their_wallet_with_seven_days_notice(ana: User, operator: User) -> None:
    change_to(ana, FIRST)
    payout_addresses.send_notices(now=NOW)
    client = browser_of(operator)
    asked = post(client, f"people/{ana.id}/payout-address/changes", {"address": SECOND.address})
    assert (asked.status_code, asked.json()["by_operator"]) == (201, True)
    change = PayeeAddress.objects.get(id=asked.json()["id"])
    given = post(client, f"payout-address/changes/{change.id}/consent", {"signature": consent(change, SECOND)})
    assert given.status_code == 200, given.json()
    payout_addresses.send_notices(now=NOW)
    assert mail.outbox[-1].to == [ana.email]
    assert "operator" in mail.outbox[-1].body
    assert paid_at(ana, NOW + timedelta(days=7) - timedelta(seconds=1)) == FIRST.address
    assert paid_at(ana, NOW + timedelta(days=7)) == SECOND.address
    assert post(browser_of(ana), f"payout-address/changes/{change.id}/cancel").json()["status"] == "cancelled"


def test_first_address_by_an_operator_waits_too(ana: User, operator: User) -> None:
    change_to(ana, FIRST, by=operator)
    payout_addresses.send_notices(now=NOW)
    assert paid_at(ana, NOW + timedelta(days=6)) is None
    assert paid_at(ana, NOW + timedelta(days=7)) == FIRST.address


def test_nobody_else_touches_it(ana: User) -> None:
    change = ask(ana, FIRST.address)
    bo = browser_of(User.objects.create_user("bo@example.org", "a-long-password"))
    assert said(post(bo, f"people/{ana.id}/payout-address/changes", {"address": SECOND.address}))[0] == 403
    given = post(bo, f"payout-address/changes/{change.id}/consent", {"signature": consent(change, FIRST)})
    assert said(given) == (404, "not_found")
    assert said(post(bo, f"payout-address/changes/{change.id}/cancel")) == (404, "not_found")
    assert paid_at(ana, NOW) is None


def test_token_says_the_first_address_and_changes_none(ana: User) -> None:
    program = bearer_of(ana)
    asked = program.post("/api/v1/payout-address/changes", {"address": FIRST.address}).json()
    signature = signature_of(ethereum.typed_message(asked["typed_data"]), FIRST)
    assert program.post(f"/api/v1/payout-address/changes/{asked['id']}/consent", {"signature": signature}).json()
    assert paid_at(ana, timezone.now()) == FIRST.address
    refused = program.post("/api/v1/payout-address/changes", {"address": SECOND.address})
    assert said(refused) == (403, "not_allowed")
    change = ask(ana, SECOND.address, now=timezone.now())
    for path, body in (("consent", {"signature": consent(change, SECOND)}), ("cancel", {})):
        assert program.post(f"/api/v1/payout-address/changes/{change.id}/{path}", body).status_code == 403


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "invalid"),
        ("1.5", "bad_address"),
        ("-1", "bad_address"),
        ("javascript:alert(1)", "bad_address"),
        (FIRST.address[2:], "bad_address"),
        (FIRST.address[:-1], "bad_address"),
        (FIRST.address.lower(), "bad_address"),
        (FIRST.address.swapcase().replace("0X", "0x"), "bad_address"),
        (f"0x{'0' * 40}", "bad_address"),
        (f"0x{'0' * 39}1", "bad_payout_address"),
        ("0x000000000000000000000000000000000000dEaD", "bad_payout_address"),
        ("0xdEAD000000000000000042069420694206942069", "bad_payout_address"),
        (PAYING, "bad_payout_address"),
        (TOKEN, "bad_payout_address"),
    ],
)
def test_address_that_would_lose_the_tokens_is_refused_by_name(ana: User, address: str, code: str) -> None:
    refused = post(browser_of(ana), "payout-address/changes", {"address": address})
    assert said(refused) == (400, code)
    assert not PayeeAddress.objects.exists()


Spoil = Callable[[PayeeAddress], str]


def over(change: PayeeAddress, part: str, **other: object) -> str:
    """The new address's signature over other typed data."""
    data = {**change.typed_data, part: {**change.typed_data[part], **other}}
    return signature_of(ethereum.typed_message(data), SECOND)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda change: consent(change, THIRD),
        lambda change: malleated(consent(change, SECOND)),
        lambda change: over(change, "domain", chainId=1),
        lambda change: over(change, "domain", verifyingContract=TOKEN),
        lambda change: over(change, "message", contributor=f"0x{'11' * 32}"),
        lambda change: over(change, "message", address=FIRST.address),
        lambda change: over(change, "message", nonce="1"),
        lambda change: over(change, "message", deadline="99999999999"),
        lambda change: signed(str(change.typed_data), SECOND),
        lambda change: consent(change, SECOND)[:-2],
        lambda change: "0x",
        lambda change: "yes",
    ],
    ids=[
        "other-key",
        "high-s",
        "chain",
        "contract",
        "person",
        "address",
        "nonce",
        "deadline",
        "text",
        "short",
        "no",
        "x",
    ],
)
def test_what_is_no_consent_of_the_new_address_is_refused(ana: User, spoil: Spoil) -> None:
    change_to(ana, FIRST)
    change = ask(ana, SECOND.address)
    given = post(browser_of(ana), f"payout-address/changes/{change.id}/consent", {"signature": spoil(change)})
    assert said(given) == (400, "bad_signature")
    change.refresh_from_db()
    assert (change.status, change.signature) == ("asked", "")


def test_consent_is_taken_once_in_time_and_for_its_change_alone(ana: User) -> None:
    change_to(ana, FIRST)
    change, twin = ask(ana, SECOND.address), ask(ana, SECOND.address)
    given = consent(change, SECOND)
    with pytest.raises(ethereum.ChainNotAnswering):  # no key's, so a contract would have to be asked
        accept(twin, given)
    with pytest.raises(payout_addresses.ConsentExpired):
        accept(change, given, now=change.deadline)
    accept(change, given)
    with pytest.raises(payout_addresses.ChangeSettled):
        accept(change, given)
    with pytest.raises(payout_addresses.AlreadyPaidThere):
        ask(ana, FIRST.address)


def test_wallet_that_is_a_contract_consents(ana: User, chain: Chain) -> None:
    address = deploy_contract_wallet(chain, THIRD)
    client = browser_of(ana)
    asked = post(client, "payout-address/changes", {"address": address}).json()
    path = f"payout-address/changes/{asked['id']}/consent"
    message = ethereum.typed_message(asked["typed_data"])
    assert said(post(client, path, {"signature": signature_of(message, SECOND)})) == (400, "bad_signature")
    assert post(client, path, {"signature": signature_of(message, THIRD)}).status_code == 200
    assert client.get("/api/v1/payout-address").json()["address"] == address


def test_wallets_to_sign_in_with_are_another_matter(ana: User) -> None:
    change_to(ana, FIRST)
    Wallet.objects.create(person=ana, address=SECOND.address, linked_at=NOW)
    assert paid_at(ana, NOW) == FIRST.address


def test_without_a_distributor_there_is_nothing_to_consent_to(ana: User, distributor: Distributor) -> None:
    Distributor.objects.update(in_use=False)
    refused = post(browser_of(ana), "payout-address/changes", {"address": FIRST.address})
    assert said(refused) == (409, "no_distributor")


def test_sweep_forgets_what_was_never_consented_to(ana: User) -> None:
    change_to(ana, FIRST)
    late = ask(ana, SECOND.address)
    assert payout_addresses.sweep(now=late.deadline) == 0
    assert payout_addresses.sweep(now=late.deadline + timedelta(seconds=1)) == 1
    assert PayeeAddress.objects.get().address == FIRST.address
