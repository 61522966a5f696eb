// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SlateDistributor} from "../src/SlateDistributor.sol";
import {SlateToken} from "../src/SlateToken.sol";
import {Tree} from "./Tree.sol";
import {VM} from "./Vm.sol";

/// @dev A funded distributor with one person in each role, and two contributors.
abstract contract Stage {
    address internal constant ADMIN = address(0xad);
    address internal constant PUBLISHER = address(0x9b);
    address internal constant GUARDIAN = address(0x6a);
    address internal constant ANYONE = address(0xa0);
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);
    bytes32 internal constant ALICE_ID = keccak256("alice");
    bytes32 internal constant BOB_ID = keccak256("bob");
    uint64 internal constant DELAY = 1 hours;
    uint128 internal constant LIMIT = 1000 ether;

    SlateToken internal token;
    SlateDistributor internal distributor;

    function build() internal {
        VM.warp(1_800_000_000);
        token = new SlateToken(address(this), 1_000_000 ether);
        distributor = new SlateDistributor(token, ADMIN, 1 days, PUBLISHER, GUARDIAN, DELAY, LIMIT);
        require(token.transfer(address(distributor), 5000 ether));
    }

    function leafOf(bytes32 id, address payee, uint256 cumulative) internal view returns (bytes32) {
        // Written out, not asked of the contract under test.
        bytes32 inner = keccak256(abi.encode(block.chainid, address(distributor), id, payee, cumulative));
        return keccak256(abi.encodePacked(inner));
    }

    function rootOf(uint256 alice, uint256 bob) internal view returns (bytes32) {
        return Tree.pair(leafOf(ALICE_ID, ALICE, alice), leafOf(BOB_ID, BOB, bob));
    }

    function proposeTree(bytes32 newRoot, uint256 total) internal {
        uint64 next = distributor.epoch() + 1;
        bytes32 current = distributor.root();
        VM.prank(PUBLISHER);
        distributor.propose(next, current, newRoot, uint128(total), keccak256("file"));
    }

    function publishTree(bytes32 newRoot, uint256 total) internal {
        proposeTree(newRoot, total);
        VM.warp(block.timestamp + DELAY);
        distributor.activate();
    }

    function publish(uint256 alice, uint256 bob) internal {
        publishTree(rootOf(alice, bob), alice + bob);
    }

    function claimAlice(uint256 alice, uint256 bob) internal {
        distributor.claim(ALICE_ID, ALICE, alice, Tree.proof(leafOf(BOB_ID, BOB, bob)));
    }

    function claimBob(uint256 alice, uint256 bob) internal {
        distributor.claim(BOB_ID, BOB, bob, Tree.proof(leafOf(ALICE_ID, ALICE, alice)));
    }
}
