"""The bytes that claim, made without web3, so that the web process can hand them to a wallet."""

from collections.abc import Sequence

from eth_abi import encode
from eth_hash.auto import keccak

from rewards.chain.merkle import Leaf

CLAIM = "claim(bytes32,address,uint256,bytes32[])"
CLAIM_MANY = "claimMany((bytes32,address,uint256,bytes32[])[])"


def claim(leaf: Leaf, proof: Sequence[bytes]) -> bytes:
    """Data of the transaction that pays this leaf; anybody may send it."""
    values = (leaf.contributor_id, leaf.payee, leaf.cumulative_wei, list(proof))
    return _selector(CLAIM) + encode(["bytes32", "address", "uint256", "bytes32[]"], values)


def claim_many(claims: Sequence[tuple[Leaf, Sequence[bytes]]]) -> bytes:
    """Data of one transaction that pays all of them, passing over what was paid meanwhile."""
    values = [(leaf.contributor_id, leaf.payee, leaf.cumulative_wei, list(proof)) for leaf, proof in claims]
    return _selector(CLAIM_MANY) + encode(["(bytes32,address,uint256,bytes32[])[]"], [values])


def _selector(signature: str) -> bytes:
    return keccak(signature.encode())[:4]
