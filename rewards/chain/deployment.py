"""Calls that create the contracts, and the addresses where these will lie.

They go through the deterministic deployer (CREATE2, EIP-1014): the address follows from salt and code alone, and the
same creation made twice reverts. anvil has the deployer from its first block, as nearly every public chain has.
https://github.com/Arachnid/deterministic-deployment-proxy
"""

from dataclasses import dataclass

from eth_abi import encode
from eth_hash.auto import keccak
from eth_typing import ChecksumAddress
from eth_utils import to_checksum_address

from rewards.chain.artifacts import artifact
from rewards.chain.calls import Call

DEPLOYER = to_checksum_address("0x4e59b44847b379578588920ca78fbf26c0b4956c")


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


def creation(code: bytes, *, salt: bytes) -> Call:
    """What makes the deployer create the contract; the salt has 32 bytes."""
    return Call(DEPLOYER, salt + code)


def created_address(call: Call) -> ChecksumAddress:
    """Where a creation puts its contract."""
    salt, code = call.data[:32], call.data[32:]
    return to_checksum_address(keccak(b"\xff" + bytes.fromhex(DEPLOYER[2:]) + salt + keccak(code))[12:])


def _code(name: str, types: list[str], arguments: list[object]) -> bytes:
    return bytes.fromhex(artifact(name)["bytecode"][2:]) + encode(types, arguments)
