"""The little of Ethereum that the web process needs: whose signature it is, and one question to a contract.

No web3 here: it is large, and the web process has no use for the rest of it.
"""

import sys
from http import HTTPStatus
from typing import Any

import httpx

_recursion_limit = sys.getrecursionlimit()
from eth_account import Account  # noqa: E402 - between the two lines that save and restore the limit
from eth_account.messages import SignableMessage  # noqa: E402 - likewise

# Importing eth_account sets it to 100,000, under which deeply nested JSON ends the process instead of being refused.
sys.setrecursionlimit(_recursion_limit)

from eth_abi import decode, encode  # noqa: E402 - after the limit is restored
from eth_abi.exceptions import DecodingError  # noqa: E402 - likewise
from eth_utils import is_checksum_address, is_hex_address, to_checksum_address  # noqa: E402 - likewise

from common.errors import DomainError, InvalidInput  # noqa: E402 - likewise

SIGNATURE_BYTES = 65
# Order of secp256k1; of s and ORDER - s only the lower is taken (EIP-2), or one signature would have two spellings.
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
IS_VALID_SIGNATURE = bytes.fromhex("1626ba7e")  # selector of isValidSignature(bytes32,bytes), and its yes (EIP-1271)
TIMEOUT_S = 5
LONGEST_ANSWER_BYTES = 100_000
LONGEST_CONTRACT_SIGNATURE_BYTES = 8_192
ZERO_ADDRESS = "0x" + "0" * 40


class BadAddress(InvalidInput):
    """The text is no address to which anything could be sent."""

    code = "bad_address"


class BadSignature(InvalidInput):
    """The signature is malformed, or another key's."""

    code = "bad_signature"


class ChainNotAnswering(DomainError):
    """The node did not answer; nothing follows from it."""

    code = "chain_not_answering"
    status = HTTPStatus.SERVICE_UNAVAILABLE


def address(text: str) -> str:
    """The address with its checksum (EIP-55).

    Raises:
        BadAddress: It is malformed, its checksum is wrong, or it is the zero address.
    """
    if not is_hex_address(text) or not text.startswith("0x"):
        raise BadAddress("An address is 0x and 40 hexadecimal digits.")
    digits = text[2:]
    if not (digits.islower() or digits.isupper() or digits.isdigit()) and not is_checksum_address(text):
        raise BadAddress("The address's checksum is wrong (EIP-55): a character was mistyped. Copy it from the wallet.")
    if text.lower() == ZERO_ADDRESS:
        raise BadAddress("The zero address belongs to nobody.")
    return str(to_checksum_address(text))


def signature_bytes(text: str) -> bytes:
    """The bytes of 0x and hexadecimal digits, of any length that a wallet or a contract may ask for.

    Raises:
        BadSignature: They are none, or too many.
    """
    try:
        found = bytes.fromhex(text.removeprefix("0x"))
    except ValueError as error:
        raise BadSignature("A signature is 0x and hexadecimal digits.") from error
    if not SIGNATURE_BYTES <= len(found) <= LONGEST_CONTRACT_SIGNATURE_BYTES:
        raise BadSignature(f"A signature has {SIGNATURE_BYTES} bytes; this one has {len(found)}.")
    return found


def signer_of(message: SignableMessage, signature: bytes) -> str:
    """Who signed, with the address's checksum.

    Raises:
        BadSignature: Not 65 bytes, s is not the lower one, v is none of 0, 1, 27, 28, or no key fits.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise BadSignature(f"A signature has {SIGNATURE_BYTES} bytes; this one has {len(signature)}.")
    if not 0 < int.from_bytes(signature[32:64], "big") <= ORDER // 2:
        raise BadSignature("The signature is malleable: its s is not the lower one (EIP-2).")
    if signature[64] not in (0, 1, 27, 28):
        raise BadSignature(f"The signature's last byte is {signature[64]}; it is 27 or 28.")
    try:
        return str(Account.recover_message(message, signature=signature))
    except Exception as error:  # eth_keys raises several kinds for bytes that are no point of the curve
        raise BadSignature("The signature fits no key.") from error


class Rpc:
    """JSON-RPC of the configured node. `url` comes from the settings, never from a person."""

    def __init__(self, url: str) -> None:
        self._url = url

    def call(self, method: str, *parameters: Any) -> Any:
        """The node's result.

        Raises:
            ChainNotAnswering: It did not answer in time, or not with a result.
        """
        asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        try:
            with httpx.stream("POST", self._url, json=asked, timeout=TIMEOUT_S, trust_env=False) as response:
                response.raise_for_status()
                body = b""
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > LONGEST_ANSWER_BYTES:
                        raise ChainNotAnswering("The node's answer is too long.")
            answer = httpx.Response(HTTPStatus.OK, content=body).json()
        except (httpx.HTTPError, ValueError, RecursionError) as error:
            raise ChainNotAnswering("The chain's node does not answer now. Try again in a minute.") from error
        if not isinstance(answer, dict) or "result" not in answer:
            raise ChainNotAnswering("The chain's node could not answer. Try again in a minute.")
        return answer["result"]

    def contract_accepts(self, wallet: str, digest: bytes, signature: bytes) -> bool:
        """Whether the wallet contract says that the signature over this hash is its owner's (EIP-1271).

        Raises:
            ChainNotAnswering: The node did not answer.
        """
        if self.call("eth_getCode", wallet, "latest") in ("0x", None):
            return False
        data = IS_VALID_SIGNATURE + encode(["bytes32", "bytes"], [digest, signature])
        try:
            result = self.call("eth_call", {"to": wallet, "data": f"0x{data.hex()}", "gas": hex(500_000)}, "latest")
            [said] = decode(["bytes4"], bytes.fromhex(str(result).removeprefix("0x")))
        except (ChainNotAnswering, DecodingError, ValueError):
            # A wallet that reverts says no; the node was there a moment ago, when it was asked for the code.
            return False
        return bool(said == IS_VALID_SIGNATURE)
