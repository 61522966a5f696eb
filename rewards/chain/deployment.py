"""Bytes that create the contracts, and the addresses where they will lie."""

from dataclasses import dataclass

from eth_abi import encode
from eth_hash.auto import keccak
from eth_typing import ChecksumAddress
from eth_utils import to_checksum_address
from rlp import encode as rlp_encode

from rewards.chain.artifacts import artifact


@dataclass(frozen=True)
class Roles:
    """Who may do what in a new distributor; addresses with their checksums."""

    admin: str
    publisher: str
    guardian: str


def token_code(*, treasury: str, supply_wei: int) -> bytes:
    """Creates a SlateToken whose whole supply the treasury holds."""
    return _code("SlateToken", ["address", "uint256"], [treasury, supply_wei])


def distributor_code(
    *, token: str, roles: Roles, admin_delay_s: int, activation_delay_s: int, max_per_epoch_wei: int
) -> bytes:
    """Creates a SlateDistributor; all of it is for ever, but for who holds the roles."""
    return _code(
        "SlateDistributor",
        ["address", "address", "uint48", "address", "address", "uint64", "uint128"],
        [token, roles.admin, admin_delay_s, roles.publisher, roles.guardian, activation_delay_s, max_per_epoch_wei],
    )


def contract_address(creator: str, nonce: int) -> ChecksumAddress:
    """Where the creator's transaction of this nonce puts a contract: the end of keccak(rlp([creator, nonce]))."""
    return to_checksum_address(keccak(rlp_encode([bytes.fromhex(creator[2:]), nonce]))[12:])


def _code(name: str, types: list[str], arguments: list[object]) -> bytes:
    return bytes.fromhex(artifact(name)["bytecode"][2:]) + encode(types, arguments)
