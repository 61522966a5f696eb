"""The little of Ethereum that the web process needs: whose signature it is, and one question to a contract.

No web3 here: it is large, and the web process has no use for the rest of it.
"""

import time
from http import HTTPStatus
from typing import Any

import httpx
from eth_abi import decode, encode
from eth_abi.exceptions import DecodingError
from eth_account import Account
from eth_account.messages import SignableMessage, encode_defunct, encode_typed_data
from eth_utils import is_checksum_address, is_hex_address, keccak, to_checksum_address

import common.recursion_limit  # noqa: F401 - eth_account changes it
from common.errors import DomainError, InvalidInput

SIGNATURE_BYTES = 65
# Order of secp256k1; of s and ORDER - s only the lower is taken (EIP-2), or one signature would have two spellings.
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
IS_VALID_SIGNATURE = bytes.fromhex("1626ba7e")  # selector of isValidSignature(bytes32,bytes), and its yes (EIP-1271)
MOST_GAS = 500_000
TIMEOUT_S = 5
LONGEST_ANSWER_BYTES = 100_000
LONGEST_CONTRACT_SIGNATURE_BYTES = 8_192
ZERO_ADDRESS = "0x" + "0" * 40
# How nodes (geth, anvil, Nethermind, Erigon) begin to say that the contract's code failed, rather than they themselves.
EXECUTION_FAILED = ("revert", "out of gas", "outofgas", "opcode", "vm execution error", "stack under", "stack limit")


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


class ExecutionFailed(Exception):
    """The node answered that the contract's code reverted or broke off."""


def address(text: str) -> str:
    """The address with its checksum (EIP-55); digits all in one case carry none, and are taken.

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


def personal_message(text: str) -> SignableMessage:
    """What a wallet signs when it is asked to sign this text (`personal_sign`)."""
    return encode_defunct(text=text)


def typed_message(data: dict[str, Any]) -> SignableMessage:
    """What a wallet signs when it is shown these typed data (EIP-712, `eth_signTypedData_v4`)."""
    return encode_typed_data(full_message=data)


def check_signed(message: SignableMessage, signature: str, *, by: str, rpc: "Rpc") -> None:
    """See that the message was signed by the key, or for the wallet contract, at this address.

    A key is tried first, for it needs no node. Whatever is no signature of that key may still be one that a contract
    at the address accepts.

    Args:
        by: With its checksum.

    Raises:
        BadSignature: Malformed, malleable, another key's, or refused by the contract.
        ChainNotAnswering: It is not the key's, and the node does not say whether there is a contract.
    """
    given = _signature_bytes(signature)
    try:
        if signer_of(message, given) == by:
            return
        refusal = BadSignature(f"It was not {by} that signed this. Choose that account in the wallet.")
    except BadSignature as error:
        refusal = error
    if not rpc.contract_accepts(by, digest_of(message), given):
        raise refusal


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


def digest_of(message: SignableMessage) -> bytes:
    """The 32 bytes that are signed (EIP-191; with version 1 those of EIP-712)."""
    return bytes(keccak(b"\x19" + message.version + message.header + message.body))


def _signature_bytes(text: str) -> bytes:
    """Of any length that a contract may ask for."""
    try:
        found = bytes.fromhex(text.removeprefix("0x"))
    except ValueError as error:
        raise BadSignature("A signature is 0x and hexadecimal digits.") from error
    if len(found) > LONGEST_CONTRACT_SIGNATURE_BYTES:
        raise BadSignature(f"A signature has {LONGEST_CONTRACT_SIGNATURE_BYTES:,} bytes at most.")
    return found


class Rpc:
    """JSON-RPC of the configured node. `url` comes from the settings, never from a person."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        self._url = url
        self._timeout_s = timeout_s

    def call(self, method: str, *parameters: Any) -> Any:
        """The node's result.

        Raises:
            ExecutionFailed: The node ran a contract's code, which failed.
            ChainNotAnswering: It did not answer in time, or neither so nor with a result.
        """
        asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        try:
            answer = httpx.Response(HTTPStatus.OK, content=self._post(asked)).json()
        except (httpx.HTTPError, ValueError, RecursionError) as error:
            raise ChainNotAnswering("The chain's node does not answer now. Try again in a minute.") from error
        if isinstance(answer, dict) and "result" in answer:
            return answer["result"]
        problem = str(answer.get("error") if isinstance(answer, dict) else answer)[:500]
        if any(sign in problem.lower() for sign in EXECUTION_FAILED):
            raise ExecutionFailed(problem)
        raise ChainNotAnswering("The chain's node could not answer. Try again in a minute.")

    def _post(self, asked: dict[str, Any]) -> bytes:
        """The answer's bytes; refuses one that is too long, or still trickling when the time is over."""
        deadline = time.monotonic() + self._timeout_s
        body = b""
        with httpx.stream("POST", self._url, json=asked, timeout=self._timeout_s, trust_env=False) as response:
            response.raise_for_status()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > LONGEST_ANSWER_BYTES or time.monotonic() > deadline:
                    raise ChainNotAnswering("The node's answer is too long. Try again in a minute.")
        return body

    def contract_accepts(self, wallet: str, digest: bytes, signature: bytes) -> bool:
        """Whether a wallet contract at this address says that the signature over the digest is its owner's (EIP-1271).

        Raises:
            ChainNotAnswering: The node did not say.
        """
        if self.call("eth_getCode", wallet, "latest") in ("0x", None):
            return False
        data = IS_VALID_SIGNATURE + encode(["bytes32", "bytes"], [digest, signature])
        try:
            result = self.call("eth_call", {"to": wallet, "data": f"0x{data.hex()}", "gas": hex(MOST_GAS)}, "latest")
            [said] = decode(["bytes4"], bytes.fromhex(str(result).removeprefix("0x")))
        except (ExecutionFailed, DecodingError, ValueError):
            return False
        return bool(said == IS_VALID_SIGNATURE)
