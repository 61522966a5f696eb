"""Getting paid: an epoch on chain, one claim from a wallet of one's own, others sent by the platform."""

from pathlib import Path
from typing import Any

import httpx
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount

from demo.journey import ETHER, StepFailed, Story
from openslate import Client, ClientError
from openslate.transport import Json, wait_until

SPONSORED = ("reviewer-one", "reviewer-two")
BALANCE_OF = "0x70a08231"
CLAIM_GAS = 300_000
PATIENCE_S = 120


class Wallet:
    """A key in a file of its own, readable by its owner alone, and the chain it is used on."""

    def __init__(self, file: Path, rpc_url: str) -> None:
        self._http, self._rpc_url = httpx.Client(timeout=30, trust_env=False), rpc_url
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(Account.create().key.hex())
        self._account: LocalAccount = Account.from_key(file.read_text())

    @property
    def address(self) -> str:
        return str(self._account.address)

    def sign(self, typed_data: dict[str, Any]) -> str:
        """Its signature of typed data (EIP-712)."""
        return f"0x{self._account.sign_message(encode_typed_data(full_message=typed_data)).signature.hex()}"

    def balance_wei(self, token: str) -> int:
        """Tokens it holds, as the chain says."""
        data = BALANCE_OF + self.address[2:].lower().rjust(64, "0")
        return int(self._ask("eth_call", {"to": token, "data": data}, "latest"), 16)

    def send(self, to: str, data: str) -> str:
        """Sign and send a transaction; its hash. The local chain gives the wallet what it costs."""
        self._ask("anvil_setBalance", self.address, hex(ETHER))
        fee = 2 * int(self._ask("eth_gasPrice"), 16)
        transaction: Any = {
            "type": 2,
            "chainId": int(self._ask("eth_chainId"), 16),
            "nonce": int(self._ask("eth_getTransactionCount", self.address, "latest"), 16),
            "to": to,
            "value": 0,
            "data": data,
            "gas": CLAIM_GAS,
            "maxFeePerGas": fee,
            "maxPriorityFeePerGas": fee // 2,
        }
        signed = self._account.sign_transaction(transaction)
        return str(self._ask("eth_sendRawTransaction", f"0x{signed.raw_transaction.hex()}"))

    def _ask(self, method: str, *parameters: Any) -> Any:
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        try:
            answer = self._http.post(self._rpc_url, json=call).json()
        except (httpx.HTTPError, ValueError) as error:
            raise ClientError(f"The chain at {self._rpc_url} does not answer: {error}") from error
        if answer.get("error"):
            raise StepFailed(f"{method}: {answer['error'].get('message')}")
        return answer["result"]


def freeze_epoch(story: Story, rpc_url: str) -> None:
    """Everybody says where their tokens go; what is owed becomes an epoch, which goes to the chain meanwhile."""
    story.wallets = {name: Wallet(story.folder / "wallets" / name, rpc_url) for name in _people(story)}
    with story.screen.step("Freeze an epoch", len(story.wallets)) as step:
        for name, client in _people(story).items():
            _be_paid_at(story.wallets[name], client)
            step.advance(note=story.wallets[name].address)
        epoch = story.people.operator.freeze_epoch()
        story.facts["epoch"] = epoch["number"]
        step.note = f"epoch {epoch['number']}: {epoch['leaf_count']} leaves, {_tokens(epoch['total_wei'])} in all"


def _be_paid_at(wallet: Wallet, client: Client) -> None:
    """The wallet consents to being paid; a first address is in force at once, and an installation remembers it."""
    if client.payout_address()["address"] == wallet.address:
        return
    change = client.change_payout_address(wallet.address)
    client.consent_to_payout_address(change["id"], wallet.sign(change["typed_data"]))


def claim(story: Story) -> None:
    """One claims from their own wallet, the others ask the platform; in the end chain and ledger say the same."""
    with story.screen.step("Epoch in force on chain") as step:
        epoch = wait_until(lambda: _newest_epoch(story), lambda it: it["status"] == "active", timeout_s=PATIENCE_S)
        step.note = f"root {epoch['merkle_root'][:18]}..., checked, funded, proposed, activated"
    people = _people(story)
    with story.screen.step("Claim", len(people)) as step:
        leaf = story.people.contributor.claim()
        story.wallets["contributor"].send(leaf["distributor"], leaf["calldata"])
        for name in SPONSORED:
            people[name].sponsor_claim()
        paid = 0
        for name, client in people.items():
            paid += _wait_until_paid(story, name, client, leaf["token"])
            step.advance(note=name)
        step.note = f"{_tokens(paid)} paid: one from a wallet, {len(SPONSORED)} sponsored; chain equals ledger"
    story.facts |= {"paid_wei": str(paid), "chain_equals_ledger": True}


def _wait_until_paid(story: Story, name: str, client: Client, token: str) -> int:
    """What the ledger has as paid, once it is all that was frozen; raises where the chain says otherwise."""
    state = wait_until(client.balance, lambda it: it["allocated_wei"] == "0", timeout_s=PATIENCE_S)
    paid, held = int(state["paid_wei"]), story.wallets[name].balance_wei(token)
    if paid != held:
        raise StepFailed(f"{name} was paid {paid} by the ledger, but the wallet holds {held}.")
    return paid


def _newest_epoch(story: Story) -> Json:
    standing = story.people.operator.payouts()
    if standing["paused_at"]:
        raise StepFailed(f"Publishing is paused: {standing['pause_reason']}")
    return dict(standing["epoch"])


def _people(story: Story) -> dict[str, Client]:
    one, two = story.people.reviewers
    return {"contributor": story.people.contributor, "reviewer-one": one, "reviewer-two": two}


def _tokens(amount_wei: str | int) -> str:
    return f"{int(amount_wei) / ETHER:.4f} tokens"
