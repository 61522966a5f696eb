"""What a new address signs before anything is paid to it: typed data (EIP-712), which wallets show field by field."""

from typing import Any

NAME, VERSION = "OpenSlate payout address", "1"
FIELDS = {"contributor": "bytes32", "address": "address", "nonce": "uint256", "deadline": "uint256"}
DOMAIN_FIELDS = {"name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address"}


def typed_data(
    *, chain_id: int, distributor: str, contributor_id: bytes, address: str, nonce: int, deadline_s: int
) -> dict[str, Any]:
    """The consent as `eth_signTypedData_v4` takes it; numbers of 256 bits as strings, for JavaScript has none.

    Args:
        distributor: The contract that will pay, with its checksum.
        contributor_id: 32 bytes; the person's random name in that contract.
        address: Who is to be paid and signs, with its checksum.
        deadline_s: Until when the consent may be handed in, in seconds since 1970.
    """
    return {
        "types": {
            "EIP712Domain": [{"name": name, "type": kind} for name, kind in DOMAIN_FIELDS.items()],
            "PayoutAddress": [{"name": name, "type": kind} for name, kind in FIELDS.items()],
        },
        "primaryType": "PayoutAddress",
        "domain": {"name": NAME, "version": VERSION, "chainId": chain_id, "verifyingContract": distributor},
        "message": {
            "contributor": f"0x{contributor_id.hex()}",
            "address": address,
            "nonce": str(nonce),
            "deadline": str(deadline_s),
        },
    }
