// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SlateDistributor} from "../src/SlateDistributor.sol";
import {SlateToken} from "../src/SlateToken.sol";
import {Stage} from "./Stage.sol";
import {Tree} from "./Tree.sol";
import {VM} from "./Vm.sol";

/// @dev Plays an honest publisher, two contributors and an attacker, and keeps its own books of each.
contract Players is Stage {
    address public constant ATTACKER = address(0xbad);

    mapping(address payee => uint256) public allocated;
    mapping(address payee => uint256) public paid;
    mapping(bytes32 id => uint256) public highest;
    uint256 public oldAlice;
    uint256 public oldBob;
    bool public fell;
    bool public forged;

    constructor() {
        build();
    }

    function tokens() external view returns (SlateToken) {
        return token;
    }

    function target() external view returns (SlateDistributor) {
        return distributor;
    }

    function raise(uint96 alice, uint96 bob) external {
        (uint256 newAlice, uint256 newBob) = (allocated[ALICE] + alice % 100 ether, allocated[BOB] + bob % 100 ether);
        if (newAlice + newBob > 5000 ether) return;
        (oldAlice, oldBob) = (allocated[ALICE], allocated[BOB]);
        publish(newAlice, newBob);
        (allocated[ALICE], allocated[BOB]) = (newAlice, newBob);
    }

    function aliceClaims() external {
        try this.submit(ALICE_ID, ALICE, allocated[ALICE], leafOf(BOB_ID, BOB, allocated[BOB])) {
            paid[ALICE] = allocated[ALICE];
        } catch {}
        _watch();
    }

    function bobClaims() external {
        try this.submit(BOB_ID, BOB, allocated[BOB], leafOf(ALICE_ID, ALICE, allocated[ALICE])) {
            paid[BOB] = allocated[BOB];
        } catch {}
        _watch();
    }

    function oldLeavesAreTried() external {
        if (oldAlice == allocated[ALICE] && oldBob == allocated[BOB]) return;
        try this.submit(ALICE_ID, ALICE, oldAlice, leafOf(BOB_ID, BOB, oldBob)) {
            forged = true;
        } catch {}
        _watch();
    }

    function attackerForges(uint256 amount, bytes32 id, bytes32 sibling, bool asAlice) external {
        bytes32 whose = asAlice ? ALICE_ID : id;
        try this.submit(whose, ATTACKER, amount, sibling) {
            forged = true;
        } catch {}
        try this.submit(whose, ATTACKER, allocated[ALICE], leafOf(BOB_ID, BOB, allocated[BOB])) {
            forged = true;
        } catch {}
        _watch();
    }

    function attackerRaisesHerOwn(uint96 more) external {
        uint256 amount = allocated[ALICE] + 1 + more;
        try this.submit(ALICE_ID, ALICE, amount, leafOf(BOB_ID, BOB, allocated[BOB])) {
            forged = true;
        } catch {}
    }

    function submit(bytes32 id, address payee, uint256 cumulative, bytes32 sibling) external {
        distributor.claim(id, payee, cumulative, Tree.proof(sibling));
    }

    function _watch() private {
        bytes32[2] memory ids = [ALICE_ID, BOB_ID];
        for (uint256 i = 0; i < 2; ++i) {
            uint256 now_ = distributor.claimed(ids[i]);
            if (now_ < highest[ids[i]]) fell = true;
            highest[ids[i]] = now_;
        }
    }

    function aliceAndBob() external pure returns (address, address) {
        return (ALICE, BOB);
    }
}

contract InvariantsTest {
    Players private players;
    SlateToken private token;
    SlateDistributor private distributor;

    function setUp() public {
        players = new Players();
        token = players.tokens();
        distributor = players.target();
    }

    /// @dev forge reads here whom to call.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(players);
    }

    function invariant_each_is_paid_what_they_claimed_and_never_more_than_allocated() public view {
        (address alice, address bob) = players.aliceAndBob();
        VM.assertEq(token.balanceOf(alice), players.paid(alice));
        VM.assertEq(token.balanceOf(bob), players.paid(bob));
        VM.assertLe(players.paid(alice), players.allocated(alice));
        VM.assertLe(players.paid(bob), players.allocated(bob));
    }

    function invariant_the_attacker_has_nothing_and_no_forgery_passed() public view {
        VM.assertEq(token.balanceOf(players.ATTACKER()), 0);
        VM.assertTrue(!players.forged());
    }

    function invariant_claims_never_fall_and_sum_to_their_total() public view {
        (address alice, address bob) = players.aliceAndBob();
        VM.assertTrue(!players.fell());
        VM.assertEq(distributor.totalClaimed(), token.balanceOf(alice) + token.balanceOf(bob));
        VM.assertLe(distributor.totalClaimed(), distributor.totalAllocated());
    }

    function invariant_what_is_owed_is_held() public view {
        uint256 owed = distributor.totalAllocated() - distributor.totalClaimed();
        VM.assertLe(owed, token.balanceOf(address(distributor)));
        VM.assertEq(token.balanceOf(address(distributor)) + distributor.totalClaimed(), 5000 ether);
    }
}
