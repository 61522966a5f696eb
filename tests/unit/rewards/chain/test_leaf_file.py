"""The published file: canonical, complete, and refused once a byte of it is changed."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewards.chain.leaf_file import LeafFile, LeafFileInvalid, decode, make
from rewards.chain.merkle import Distributor, Leaf

HERE = Distributor(31_337, bytes.fromhex("c5806ea76348d369460284f39e7b65027e6052ba"))
LEAVES = st.lists(
    st.builds(
        Leaf,
        st.binary(min_size=32, max_size=32),
        st.binary(min_size=20, max_size=20),
        st.integers(min_value=1, max_value=2**128 - 1),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda leaf: leaf.contributor_id,
)


def file_of(leaves: list[Leaf]) -> LeafFile:
    return make(distributor=HERE, epoch=3, previous_root=b"\x07" * 32, leaves=leaves)


@given(LEAVES)
def test_a_file_reads_back_as_itself_whatever_the_order_it_was_made_in(leaves: list[Leaf]) -> None:
    file = file_of(leaves)
    data = file.encode()
    assert decode(data) == file
    assert file_of(leaves[::-1]).encode() == data
    assert file.sha256 == hashlib.sha256(data).digest()
    assert file.total_wei == sum(leaf.cumulative_wei for leaf in leaves)


@given(LEAVES, st.data())
def test_a_file_with_one_changed_byte_is_refused_or_is_another_tree(leaves: list[Leaf], data: st.DataObject) -> None:
    file = file_of(leaves)
    text = bytearray(file.encode())
    place = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    text[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    try:
        changed = decode(bytes(text))
    except LeafFileInvalid:
        return
    assert changed.sha256 != file.sha256


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda head: head | {"root": "0x" + "00" * 32}, "does not say what its leaves say"),
        (lambda head: head | {"totalAllocated": "1"}, "does not say what its leaves say"),
        (lambda head: head | {"count": 99}, "does not say what its leaves say"),
        (lambda head: head | {"distributor": head["distributor"].lower()}, "checksum"),
        (lambda head: {name: head[name] for name in head if name != "epoch"}, "epoch"),
    ],
)
def test_a_heading_that_contradicts_the_leaves_is_refused(change: object, says: str) -> None:
    head, *rest = file_of([Leaf(b"\x01" * 32, b"\x02" * 20, 5)]).encode().split(b"\n")
    forged = json.dumps(change(json.loads(head))).encode()  # type: ignore[operator]  # a lambda
    with pytest.raises(LeafFileInvalid, match=says):
        decode(b"\n".join([forged, *rest]))


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{}\n", b"[]\n{}\n", b"{}\n{}\n", b"\xff\n\xff\n", b"[" * 100_000 + b"\n{}\n"]
)
def test_what_is_no_leaf_file_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(LeafFileInvalid):
        decode(data)


def test_a_contributor_twice_and_amounts_out_of_range_are_refused() -> None:
    one = Leaf(b"\x01" * 32, b"\x02" * 20, 5)
    with pytest.raises(LeafFileInvalid, match="twice"):
        file_of([one, Leaf(one.contributor_id, b"\x03" * 20, 6)])
    for amount in (0, -1, 2**128):
        with pytest.raises(LeafFileInvalid, match="amount"):
            file_of([Leaf(b"\x01" * 32, b"\x02" * 20, amount)])
