// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Small trees with sorted pairs, built here from nothing but hashes.
library Tree {
    function pair(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function proof(bytes32 sibling) internal pure returns (bytes32[] memory path) {
        path = new bytes32[](1);
        path[0] = sibling;
    }
}
