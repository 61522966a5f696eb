"""Trees against OpenZeppelin's own, which the Solidity tests claim from too."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewards.chain.merkle import Distributor, Leaf, NoLeaves, Tree, climb, hash_pair, keccak256
from tests.contracts.forge import CONTRACTS

VECTORS = json.loads((CONTRACTS / "test" / "vectors.json").read_text())
HERE = Distributor(VECTORS["chainId"], bytes.fromhex(VECTORS["distributor"][2:]))


def leaf_of(row: dict[str, str]) -> Leaf:
    return Leaf(bytes.fromhex(row["contributorId"][2:]), bytes.fromhex(row["payee"][2:]), int(row["cumulative"]))


@pytest.mark.parametrize("vector", VECTORS["trees"], ids=lambda vector: str(vector["size"]))
def test_leaves_root_and_proofs_are_those_of_openzeppelin(vector: dict) -> None:
    leaves = [leaf_of(row) for row in vector["leaves"]]
    hashes = [leaf.hash(HERE) for leaf in leaves]
    tree = Tree(hashes)
    assert [f"0x{one.hex()}" for one in hashes] == [row["hash"] for row in vector["leaves"]]
    assert f"0x{tree.root.hex()}" == vector["root"]
    for row, one in zip(vector["leaves"], hashes, strict=True):
        assert [f"0x{sibling.hex()}" for sibling in tree.proof(one)] == row["proof"]


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=130, unique=True), st.randoms())
def test_every_proof_leads_to_the_root_whatever_the_order(hashes: list[bytes], order: object) -> None:
    tree = Tree(hashes)
    shuffled = list(hashes)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert Tree(shuffled).root == tree.root
    assert all(climb(one, tree.proof(one)) == tree.root for one in hashes)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65])
def test_a_leaf_with_another_amount_payee_chain_or_contract_has_no_proof(size: int) -> None:
    leaves = [Leaf(keccak256(bytes([place])), bytes([place + 1]) * 20, place + 1) for place in range(size)]
    tree = Tree([leaf.hash(HERE) for leaf in leaves])
    mine = leaves[size // 2]
    proof = tree.proof(mine.hash(HERE))
    forged = [
        Leaf(mine.contributor_id, mine.payee, mine.cumulative_wei + 1).hash(HERE),
        Leaf(mine.contributor_id, b"\xbb" * 20, mine.cumulative_wei).hash(HERE),
        Leaf(keccak256(b"else"), mine.payee, mine.cumulative_wei).hash(HERE),
        mine.hash(Distributor(HERE.chain_id + 1, HERE.address)),
        mine.hash(Distributor(HERE.chain_id, b"\x01" * 20)),
    ]
    assert climb(mine.hash(HERE), proof) == tree.root
    assert all(climb(one, proof) != tree.root for one in forged)


def test_sixty_four_bytes_of_an_inner_node_are_no_leaf() -> None:
    # With leaves hashed once over 64 bytes, two sibling hashes could be shown as a leaf of their parent.
    leaves = [Leaf(keccak256(bytes([place])), bytes(20), 1).hash(HERE) for place in range(4)]
    tree = Tree(leaves)
    assert all(keccak256(keccak256(min(pair) + max(pair))) != hash_pair(*pair) for pair in pairwise(leaves))
    with pytest.raises(KeyError):
        tree.proof(hash_pair(leaves[0], leaves[1]))


def test_a_tree_without_leaves_is_refused() -> None:
    with pytest.raises(NoLeaves):
        Tree([])
