"""Wallets as a way in, through HTTP as browsers do it, with real keys and a wallet that is a contract on a chain."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from eth_account.signers.local import LocalAccount
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.models import User, Wallet, WalletChallenge
from accounts.services import tokens, wallets
from accounts.tasks import sweep_sign_ins
from common.ethereum import Rpc
from tests.factories.chain import Chain, anvil
from tests.factories.wallets import deploy_contract_wallet, key, malleated, signed

pytestmark = pytest.mark.django_db
ANAS, BOS = key(0xA1), key(0xB0)
NO_NODE = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    with anvil(tmp_path_factory.mktemp("chain") / "state.json") as running:
        yield running


@pytest.fixture(autouse=True)
def _node(settings: Settings, chain: Chain) -> None:
    settings.CHAIN_RPC_URL = chain.url


@pytest.fixture
def ana() -> User:
    person = User.objects.create_user("ana@example.org", "a-long-password")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client: Any, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1/{path}", body, content_type="application/json")


def challenge(client: Client, path: str = "sign-in/wallet", *, address: str = ANAS.address) -> dict[str, Any]:
    answer = post(client, f"{path}/challenge", address=address)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def link(client: Client, by: LocalAccount = ANAS) -> Any:
    asked = challenge(client, "wallets", address=by.address)
    return post(client, "wallets", nonce=asked["nonce"], signature=signed(asked["text"], by))


def sign_in(client: Client, by: LocalAccount = ANAS) -> Any:
    asked = challenge(client, address=by.address)
    return post(client, "sign-in/wallet", nonce=asked["nonce"], signature=signed(asked["text"], by))


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_linked_wallet_signs_its_person_in(ana: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        linked = link(browser_of(ana))
    assert (linked.status_code, linked.json()["address"]) == (201, ANAS.address)
    [message] = mail.outbox
    assert message.to == [ana.email]
    assert ANAS.address in message.body
    client = Client()
    anonymous = challenge(client)["nonce"] and client.session.session_key
    answer = sign_in(client)
    assert (answer.status_code, answer.json()["email"]) == (200, ana.email)
    assert client.get("/api/v1/me").json()["id"] == str(ana.id)
    assert client.session.session_key != anonymous
    assert [one["address"] for one in client.get("/api/v1/wallets").json()["results"]] == [ANAS.address]


def test_text_is_eip_4361s_and_names_the_platform_whatever_host_was_asked(settings: Settings) -> None:
    settings.APP_URL, settings.CHAIN_ID = "https://slate.example.org", 8453
    client = Client(headers={"host": "127.0.0.1:9", "x-forwarded-host": "evil.example.org"})
    asked = challenge(client, address=ANAS.address.lower())
    row = WalletChallenge.objects.get()
    issued, over = (f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in (row.expires_at - timedelta(minutes=5), row.expires_at))
    assert asked["text"] == (
        "slate.example.org wants you to sign in with your Ethereum account:\n"
        f"{ANAS.address}\n"
        "\n"
        "Sign in to OpenSlate. This costs nothing and moves nothing.\n"
        "\n"
        "URI: https://slate.example.org\n"
        "Version: 1\n"
        "Chain ID: 8453\n"
        f"Nonce: {row.nonce}\n"
        f"Issued At: {issued}\n"
        f"Expiration Time: {over}"
    )


def test_wallet_of_nobody_is_told_to_sign_up() -> None:
    client = Client()
    assert said(sign_in(client)) == (404, "wallet_unknown")
    assert client.get("/api/v1/me").status_code == 401


def test_wallet_of_a_closed_account_opens_nothing(ana: User) -> None:
    link(browser_of(ana))
    User.objects.update(is_active=False)
    assert said(sign_in(Client())) == (404, "wallet_unknown")


def test_text_is_spent_by_its_first_use_even_a_bad_one(ana: User) -> None:
    link(browser_of(ana))
    client = Client()
    asked = challenge(client)
    bad = post(client, "sign-in/wallet", nonce=asked["nonce"], signature=signed("something else", ANAS))
    assert said(bad) == (400, "bad_signature")
    good = post(client, "sign-in/wallet", nonce=asked["nonce"], signature=signed(asked["text"], ANAS))
    assert said(good) == (400, "challenge_spent")


def test_text_of_another_session_purpose_or_time_signs_nobody_in(ana: User) -> None:
    mine = browser_of(ana)
    link(mine)
    client = Client()
    asked = challenge(client)
    elsewhere = post(Client(), "sign-in/wallet", nonce=asked["nonce"], signature=signed(asked["text"], ANAS))
    assert said(elsewhere) == (400, "challenge_spent")
    as_link = post(mine, "wallets", nonce=asked["nonce"], signature=signed(asked["text"], ANAS))
    assert said(as_link) == (400, "challenge_spent")
    WalletChallenge.objects.update(expires_at=timezone.now())
    late = post(client, "sign-in/wallet", nonce=asked["nonce"], signature=signed(asked["text"], ANAS))
    assert said(late) == (400, "challenge_spent")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda text: signed(text, BOS), "It was not"),
        (lambda text: signed(f"{text} ", ANAS), "It was not"),
        (lambda text: malleated(signed(text, ANAS)), "malleable"),
        (lambda text: signed(text, ANAS)[:-2] + "1d", "last byte"),
        (lambda text: f"0x{'ff' * 32}{'00' * 31}01{'1b'}", "fits no key"),
        (lambda text: signed(text, ANAS)[:-2], "65 bytes"),
        (lambda text: signed(text, ANAS) + "00", "65 bytes"),
        (lambda text: "0x", "65 bytes"),
        (lambda text: "a signature", "hexadecimal"),
    ],
)
def test_what_is_no_signature_of_the_wallet_is_refused_by_name(ana: User, spoil: Any, says: str) -> None:
    link(browser_of(ana))
    client = Client()
    asked = challenge(client)
    answer = post(client, "sign-in/wallet", nonce=asked["nonce"], signature=spoil(asked["text"]))
    assert said(answer) == (400, "bad_signature")
    assert says in answer.json()["message"]
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("v", [0, 1])
def test_signature_may_count_its_last_byte_from_zero(ana: User, v: int) -> None:
    link(browser_of(ana))
    client = Client()
    while True:
        asked = challenge(client)
        given = signed(asked["text"], ANAS)
        if int(given[-2:], 16) == 27 + v:
            break
    answer = post(client, "sign-in/wallet", nonce=asked["nonce"], signature=f"{given[:-2]}0{v}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address",
    ["", "0x12", "ana.eth", ANAS.address[2:], f"0x{'0' * 40}", ANAS.address.replace("a", "A", 1), "1.5", "-1"],
)
def test_malformed_address_gets_no_text(address: str) -> None:
    answer = post(Client(), "sign-in/wallet/challenge", address=address)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"bad_address", "invalid"}
    assert not WalletChallenge.objects.exists()


def test_wallet_that_is_a_contract_signs_in(ana: User, chain: Chain) -> None:
    address = deploy_contract_wallet(chain, BOS)
    mine = browser_of(ana)
    asked = challenge(mine, "wallets", address=address)
    longer = f"{signed(asked['text'], BOS)}c0ffee"
    assert post(mine, "wallets", nonce=asked["nonce"], signature=longer).json()["address"] == address
    client = Client()
    asked = challenge(client, address=address)
    answer = post(client, "sign-in/wallet", nonce=asked["nonce"], signature=signed(asked["text"], BOS))
    assert (answer.status_code, answer.json()["id"]) == (200, str(ana.id))


@pytest.mark.parametrize("signature", [signed("else", BOS), "0x12", f"0x{'ff' * 64}1b"], ids=["no", "reverts", "none"])
def test_contract_that_says_no_or_reverts_is_believed(ana: User, chain: Chain, signature: str) -> None:
    mine = browser_of(ana)
    asked = challenge(mine, "wallets", address=deploy_contract_wallet(chain, BOS))
    assert said(post(mine, "wallets", nonce=asked["nonce"], signature=signature)) == (400, "bad_signature")
    assert not Wallet.objects.exists()


def test_silent_node_is_no_bad_signature_and_no_hindrance_to_keys(ana: User, settings: Settings) -> None:
    settings.CHAIN_RPC_URL = NO_NODE
    link(browser_of(ana))
    client = Client()
    asked = challenge(client)
    answer = post(client, "sign-in/wallet", nonce=asked["nonce"], signature=signed(asked["text"], BOS))
    assert said(answer) == (503, "chain_not_answering")
    assert sign_in(client).status_code == 200


def test_wallet_of_another_person_is_not_linked(ana: User) -> None:
    link(browser_of(ana))
    bo = browser_of(User.objects.create_user("bo@example.org", "a-long-password"))
    assert said(link(bo)) == (409, "wallet_taken")
    again = link(browser_of(ana))
    assert (again.status_code, Wallet.objects.get().person) == (201, ana)


def test_only_way_in_stays_and_others_go(ana: User) -> None:
    mine = browser_of(ana)
    first, second = (link(mine, by).json()["id"] for by in (ANAS, BOS))
    ana.set_unusable_password()
    ana.save()
    mine = browser_of(ana)
    for _ in range(2):
        assert mine.delete(f"/api/v1/wallets/{first}").status_code == 204
    assert said(mine.delete(f"/api/v1/wallets/{second}")) == (409, "last_way_in")
    assert said(sign_in(Client(), ANAS)) == (404, "wallet_unknown")
    ana.set_password("a-long-password")
    ana.save()
    assert browser_of(ana).delete(f"/api/v1/wallets/{second}").status_code == 204
    assert not Wallet.objects.exists()


def test_nobody_sees_or_unlinks_the_wallets_of_others(ana: User) -> None:
    wallet = link(browser_of(ana)).json()["id"]
    bo = browser_of(User.objects.create_user("bo@example.org", "a-long-password"))
    assert bo.get("/api/v1/wallets").json()["results"] == []
    bo.delete(f"/api/v1/wallets/{wallet}")
    assert Wallet.objects.filter(id=wallet, person=ana).exists()


def test_api_token_neither_links_nor_unlinks(ana: User) -> None:
    wallet = link(browser_of(ana)).json()["id"]
    token = tokens.create(person=ana, name="laptop", scopes=None, days=1, now=timezone.now())[1]
    client = APIClient(headers={"authorization": f"Bearer {token}"})
    assert client.get("/api/v1/wallets").status_code == 200
    for answer in (
        client.post("/api/v1/wallets/challenge", {"address": BOS.address}),
        client.post("/api/v1/wallets", {"nonce": "x", "signature": "0x"}),
        client.delete(f"/api/v1/wallets/{wallet}"),
    ):
        assert said(answer) == (403, "not_allowed")


def test_person_signed_in_by_the_header_of_programs_links_too(ana: User) -> None:
    program = Client(headers={"x-session-token": browser_of(ana).session.session_key})
    assert link(program).status_code == 201


def test_thirty_first_try_of_a_minute_waits() -> None:
    client = Client()
    answers = [post(client, "sign-in/wallet/challenge", address="0x") for _ in range(31)]
    assert [answer.status_code for answer in answers] == [400] * 30 + [429]
    assert answers[-1].json()["code"] == "throttled"
    assert int(answers[-1]["Retry-After"]) > 0


def test_sweep_forgets_texts_and_sessions_that_are_over() -> None:
    old, young = Client(), Client()
    challenge(old)
    WalletChallenge.objects.update(expires_at=timezone.now())
    old.session.model.objects.update(expire_date=timezone.now())
    challenge(young)
    sweep_sign_ins()
    assert WalletChallenge.objects.count() == 1
    assert old.session.model.objects.get().session_key == young.session.session_key


@pytest.mark.django_db(transaction=True)
def test_eight_uses_at_once_are_one(ana: User) -> None:
    link(browser_of(ana))
    client = Client()
    asked = challenge(client)
    signature, session = signed(asked["text"], ANAS), client.session.session_key

    def use(_: int) -> User | None:
        try:
            return wallets.sign_in(
                nonce=asked["nonce"], signature=signature, session=session, rpc=Rpc(NO_NODE), now=timezone.now()
            )
        except wallets.ChallengeSpent:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(use, range(8)))
    assert [person for person in found if person] == [ana]
