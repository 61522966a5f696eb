"""Wallets of people: keys of their own, and one that is a contract."""

import json
import subprocess
from functools import cache

from eth_account import Account
from eth_account.messages import SignableMessage, encode_defunct
from eth_account.signers.local import LocalAccount
from eth_utils import to_checksum_address

from common.ethereum import ORDER
from tests.contracts.forge import CONTRACTS
from tests.factories.chain import ADMIN, Chain

SOURCE = CONTRACTS / "test" / "ContractWallet.sol"


def key(number: int) -> LocalAccount:
    """A key of nobody but these tests."""
    return Account.from_key(number.to_bytes(32, "big"))


def signed(text: str, by: LocalAccount) -> str:
    """As a wallet signs a text (`personal_sign`)."""
    return signature_of(encode_defunct(text=text), by)


def signature_of(message: SignableMessage, by: LocalAccount) -> str:
    return f"0x{bytes(by.sign_message(message).signature).hex()}"


def malleated(signature: str) -> str:
    """The same signature's other spelling: the higher s, and the other v."""
    given = bytes.fromhex(signature[2:])
    higher = ORDER - int.from_bytes(given[32:64], "big")
    return f"0x{(given[:32] + higher.to_bytes(32, 'big') + bytes([55 - given[64]])).hex()}"


def deploy_contract_wallet(chain: Chain, owner: LocalAccount) -> str:
    """The address of a wallet contract that accepts what the owner signs."""
    chain.give_gas(ADMIN.address)
    constructor = bytes(12) + bytes.fromhex(owner.address[2:])
    receipt = chain.send(ADMIN, to=None, data=_code() + constructor)
    assert receipt["status"] == "0x1", receipt
    return to_checksum_address(receipt["contractAddress"])


@cache
def _code() -> bytes:
    asked = {
        "language": "Solidity",
        "sources": {SOURCE.name: {"content": SOURCE.read_text()}},
        "settings": {"evmVersion": "cancun", "outputSelection": {"*": {"*": ["evm.bytecode.object"]}}},
    }
    compiler = ["node", str(CONTRACTS / "tools" / "solc"), "--standard-json"]
    done = subprocess.run(compiler, input=json.dumps(asked), cwd=CONTRACTS, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert "contracts" in answer, answer
    return bytes.fromhex(answer["contracts"][SOURCE.name]["ContractWallet"]["evm"]["bytecode"]["object"])
