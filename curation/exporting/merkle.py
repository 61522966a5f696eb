"""Merkle tree hashes of RFC 6962, section 2.1: SHA-256, 0x00 before a leaf, 0x01 before a node."""

import hashlib

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(line: bytes) -> bytes:
    """32 bytes that stand for one line, its line end left out."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class MerkleTree:
    """The root over leaves that come one at a time, in memory that grows with the logarithm of their number."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # roots of the full subtrees, one per set bit of `size`, largest first

    def append(self, leaf: bytes) -> None:
        """Take the next leaf hash."""
        self.size += 1
        node, trailing = leaf, self.size
        while trailing % 2 == 0:
            node = node_hash(self._peaks.pop(), node)
            trailing //= 2
        self._peaks.append(node)

    def root(self) -> bytes:
        """The Merkle tree hash of the leaves so far; of none, the hash of the empty string."""
        if not self._peaks:
            return EMPTY_ROOT
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root
