"""Keys that sign transactions: in AWS KMS, or in an encrypted keystore file.

A signature made twice by KMS differs, so a signed transaction is kept, never signed again.
"""

import ipaddress
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256K1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key
from eth_account import Account
from eth_account.typed_transactions import TypedTransaction
from eth_keys.datatypes import PublicKey, Signature
from eth_keys.exceptions import BadSignature
from eth_typing import ChecksumAddress

# Order of the curve secp256k1 (SEC 2, section 2.4.1); of s and ORDER - s a chain takes the lower (EIP-2).
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
# Everybody knows it: what it protects may only ever hold play money.
DEVELOPMENT_PASSWORD = "openslate-development"  # noqa: S105 - known on purpose, and refused off local chains
LOCAL_CHAIN_IDS = {1337, 31_337}
# Sepolia, Holesky, Hoodi, and the test networks of Base, OP, Arbitrum, Polygon, Linea, Scroll, Avalanche, BNB, Gnosis.
TEST_CHAIN_IDS = {11_155_111, 17_000, 560_048, 84_532, 11_155_420, 421_614, 80_002, 59_141, 534_351, 43_113, 97, 10_200}


class SignerUnusable(Exception):
    """The key cannot be used; the message says why and what to do."""


class Signer(Protocol):
    """Holds one key."""

    @property
    def address(self) -> ChecksumAddress: ...

    def sign(self, transaction: Mapping[str, Any]) -> bytes:
        """The raw signed bytes of an EIP-1559 transaction (`type`, `chainId`, `nonce`, fees, `gas`, `to`, ...)."""
        ...


class KeySigner:
    """A key in this process's memory."""

    def __init__(self, private_key: bytes) -> None:
        self._account = Account.from_key(private_key)

    @property
    def address(self) -> ChecksumAddress:
        return self._account.address

    def sign(self, transaction: Mapping[str, Any]) -> bytes:
        return bytes(self._account.sign_transaction(dict(transaction)).raw_transaction)


class KmsSigner:
    """A key that never leaves AWS KMS (`ECC_SECG_P256K1`); `client` is boto3's."""

    def __init__(self, client: Any, key_id: str) -> None:
        self._client, self._key_id = client, key_id
        self._public_key = _public_key(client.get_public_key(KeyId=key_id)["PublicKey"])

    @property
    def address(self) -> ChecksumAddress:
        return self._public_key.to_checksum_address()

    def sign(self, transaction: Mapping[str, Any]) -> bytes:
        unsigned = TypedTransaction.from_dict({"accessList": [], **transaction})
        digest = bytes(unsigned.hash())
        answer = self._client.sign(
            KeyId=self._key_id, Message=digest, MessageType="DIGEST", SigningAlgorithm="ECDSA_SHA_256"
        )
        v, r, s = self._recoverable(digest, *decode_dss_signature(answer["Signature"]))
        signed = TypedTransaction.from_dict({"accessList": [], **transaction, "v": v, "r": r, "s": s})
        return bytes(signed.encode())

    def _recoverable(self, digest: bytes, r: int, s: int) -> tuple[int, int, int]:
        low = min(s, ORDER - s)
        for parity in (0, 1):
            try:
                if Signature(vrs=(parity, r, low)).recover_public_key_from_msg_hash(digest) == self._public_key:
                    return parity, r, low
            except BadSignature:
                continue
        raise SignerUnusable(f"KMS key {self._key_id} signed with another key than it shows. Check the key's id.")


def check_may_cost(*, chain_id: int, rpc_url: str, said: str) -> None:
    """Let every local and test chain pass, and any other only if the operator said what it costs to be wrong.

    Raises:
        SignerUnusable: They did not; the message has the sentence.
    """
    sentence = f"I accept that on chain {chain_id} gas and tokens are real money and no mistake can be undone"
    if chain_id in TEST_CHAIN_IDS or is_local(chain_id, rpc_url) or said.strip().rstrip(".") == sentence:
        return
    raise SignerUnusable(
        f"Chain {chain_id} is not known as a local or test chain. What is sent there costs real money, tokens paid to a"
        " wrong address are lost, and the distributor's limits are for ever. If that is meant, set"
        f' CHAIN_MAINNET_CONFIRM="{sentence}".'
    )


def open_keystore(path: Path, password: str, *, chain_id: int, rpc_url: str) -> KeySigner:
    """The key of an encrypted keystore file (Web3 Secret Storage, version 3).

    Raises:
        SignerUnusable: The file or the password is wrong, or the password is the development one and the chain real.
    """
    if password == DEVELOPMENT_PASSWORD and not is_local(chain_id, rpc_url):
        raise SignerUnusable(
            f"The keystore's password is the one everybody knows, and chain {chain_id} at {urlsplit(rpc_url).hostname}"
            " is not local. Make a key of your own (`manage.py chain_key`) and set CHAIN_KEYSTORE and its password."
        )
    try:
        return KeySigner(bytes(Account.decrypt(json.loads(path.read_text("utf-8")), password)))
    except OSError as error:
        raise SignerUnusable(f"The keystore {path} cannot be read: {error.strerror}. Check CHAIN_KEYSTORE.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SignerUnusable(f"The keystore {path} does not open: {error}. Check the file and its password.") from error


def is_local(chain_id: int, rpc_url: str) -> bool:
    """Whether it is a development chain on this very machine."""
    host = urlsplit(rpc_url).hostname or ""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return chain_id in LOCAL_CHAIN_IDS and loopback


def _public_key(der: bytes) -> PublicKey:
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SignerUnusable("KMS gave no public key that can be read. Use a key of ECC_SECG_P256K1.") from error
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256K1):
        raise SignerUnusable("The KMS key is not on the chain's curve. Use a key of ECC_SECG_P256K1.")
    numbers = key.public_numbers()
    return PublicKey(numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big"))
