// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {SlateDistributor} from "../src/SlateDistributor.sol";
import {Stage} from "./Stage.sol";
import {Tree} from "./Tree.sol";
import {VM} from "./Vm.sol";

contract ClaimingTest is Stage {
    function setUp() public {
        build();
    }

    function test_anyone_may_submit_a_claim_and_the_payee_is_paid() public {
        publish(3 ether, 4 ether);
        VM.expectEmit(address(distributor));
        emit SlateDistributor.Claimed(ALICE_ID, ALICE, 3 ether, 3 ether);
        VM.prank(ANYONE);
        claimAlice(3 ether, 4 ether);
        VM.assertEq(token.balanceOf(ALICE), 3 ether);
        VM.assertEq(token.balanceOf(ANYONE), 0);
        VM.assertEq(distributor.claimed(ALICE_ID), 3 ether);
        VM.assertEq(distributor.totalClaimed(), 3 ether);
    }

    function test_a_second_claim_of_the_same_tree_is_refused() public {
        publish(3 ether, 4 ether);
        claimAlice(3 ether, 4 ether);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.NothingToClaim.selector, ALICE_ID, 3 ether));
        claimAlice(3 ether, 4 ether);
    }

    function test_the_next_epoch_pays_the_difference_and_what_was_left() public {
        publish(3 ether, 4 ether);
        claimAlice(3 ether, 4 ether);
        publish(5 ether, 9 ether);
        claimAlice(5 ether, 9 ether);
        claimBob(5 ether, 9 ether);
        VM.assertEq(token.balanceOf(ALICE), 5 ether);
        VM.assertEq(token.balanceOf(BOB), 9 ether);
        VM.assertEq(distributor.totalClaimed(), distributor.totalAllocated());
    }

    function test_an_old_leaf_is_worthless_once_the_next_tree_is_in_force() public {
        publish(3 ether, 4 ether);
        publish(5 ether, 9 ether);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadProof.selector, ALICE_ID));
        claimAlice(3 ether, 4 ether);
    }

    function test_a_claim_belongs_to_the_contributor_whatever_the_wallet() public {
        publish(3 ether, 4 ether);
        claimAlice(3 ether, 4 ether);
        address rotated = address(0xa2);
        bytes32 other = leafOf(BOB_ID, BOB, 4 ether);
        publishTree(Tree.pair(leafOf(ALICE_ID, rotated, 5 ether), other), 9 ether);
        distributor.claim(ALICE_ID, rotated, 5 ether, Tree.proof(other));
        VM.assertEq(token.balanceOf(rotated), 2 ether);
    }

    function test_another_payee_another_amount_and_another_person_have_no_proof() public {
        publish(3 ether, 4 ether);
        bytes32[] memory proof = Tree.proof(leafOf(BOB_ID, BOB, 4 ether));
        bytes memory refusal = abi.encodeWithSelector(SlateDistributor.BadProof.selector, ALICE_ID);
        VM.expectRevert(refusal);
        distributor.claim(ALICE_ID, ANYONE, 3 ether, proof);
        VM.expectRevert(refusal);
        distributor.claim(ALICE_ID, ALICE, 3 ether + 1, proof);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadProof.selector, BOB_ID));
        distributor.claim(BOB_ID, ALICE, 3 ether, proof);
        VM.expectRevert(refusal);
        distributor.claim(ALICE_ID, ALICE, 3 ether, new bytes32[](0));
    }

    function testFuzz_nothing_forged_is_paid(bytes32 id, address payee, uint256 amount, bytes32[] calldata proof)
        public
    {
        publish(3 ether, 4 ether);
        VM.assume(!(id == ALICE_ID && payee == ALICE && amount == 3 ether));
        VM.assume(!(id == BOB_ID && payee == BOB && amount == 4 ether));
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadProof.selector, id));
        distributor.claim(id, payee, amount, proof);
    }

    function testFuzz_cumulative_claims_pay_the_last_total_however_often(uint96[5] memory raises, uint8 claimedAt)
        public
    {
        uint256 alice;
        for (uint256 i = 0; i < 5; ++i) {
            alice += raises[i] % (LIMIT / 2) + 1;
            publish(alice, 1 ether);
            if ((claimedAt >> i) & 1 == 1) claimAlice(alice, 1 ether);
        }
        if ((claimedAt >> 4) & 1 == 0) claimAlice(alice, 1 ether);
        VM.assertEq(token.balanceOf(ALICE), alice);
    }

    function test_a_leaf_of_another_chain_is_worthless_here() public {
        VM.chainId(1);
        bytes32 elsewhere = leafOf(ALICE_ID, ALICE, 3 ether);
        VM.chainId(31_337);
        VM.assertTrue(elsewhere != leafOf(ALICE_ID, ALICE, 3 ether));
        VM.assertEq(distributor.leafHash(ALICE_ID, ALICE, 3 ether), leafOf(ALICE_ID, ALICE, 3 ether));
        bytes32 other = leafOf(BOB_ID, BOB, 4 ether);
        publishTree(Tree.pair(elsewhere, other), 7 ether);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadProof.selector, ALICE_ID));
        distributor.claim(ALICE_ID, ALICE, 3 ether, Tree.proof(other));
    }

    function test_a_leaf_of_another_distributor_is_worthless_here() public {
        SlateDistributor second = new SlateDistributor(token, ADMIN, 1 days, PUBLISHER, GUARDIAN, DELAY, LIMIT);
        VM.assertTrue(second.leafHash(ALICE_ID, ALICE, 1) != distributor.leafHash(ALICE_ID, ALICE, 1));
    }

    function test_an_inner_node_passed_off_as_a_leaf_has_no_proof() public {
        // Four leaves; the forger shows an inner node's 64 bytes where a leaf's hash is asked, with the node's sibling.
        bytes32 left = Tree.pair(leafOf(ALICE_ID, ALICE, 3 ether), leafOf(BOB_ID, BOB, 4 ether));
        bytes32 right = Tree.pair(leafOf("carol", ALICE, 1), leafOf("dave", BOB, 2));
        publishTree(Tree.pair(left, right), 7 ether + 3);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadProof.selector, left));
        distributor.claim(left, address(uint160(uint256(right))), 1 ether, new bytes32[](0));
        // A leaf hashed once would be found by whoever knows the tree of such leaves: it has no place in this one.
        bytes32 once = keccak256(abi.encode(block.chainid, address(distributor), ALICE_ID, ALICE, uint256(3 ether)));
        publishTree(Tree.pair(once, right), 7 ether + 3);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadProof.selector, ALICE_ID));
        distributor.claim(ALICE_ID, ALICE, 3 ether, Tree.proof(right));
    }

    function test_a_tree_that_promises_more_than_its_total_pays_no_more_than_its_total() public {
        publishTree(rootOf(6 ether, 6 ether), 10 ether);
        claimAlice(6 ether, 6 ether);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.OverAllocated.selector, 10 ether, 12 ether));
        claimBob(6 ether, 6 ether);
        VM.assertEq(distributor.totalClaimed(), 6 ether);
    }

    function test_tokens_go_neither_to_nobody_nor_back() public {
        address[2] memory impossible = [address(0), address(distributor)];
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 other = leafOf(BOB_ID, BOB, 4 ether);
            publishTree(Tree.pair(leafOf(ALICE_ID, impossible[i], 3 ether), other), 7 ether);
            VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadPayee.selector, impossible[i]));
            distributor.claim(ALICE_ID, impossible[i], 3 ether, Tree.proof(other));
        }
    }

    function test_a_pause_stops_claims() public {
        publish(3 ether, 4 ether);
        VM.prank(GUARDIAN);
        distributor.pause();
        VM.expectRevert(Pausable.EnforcedPause.selector);
        claimAlice(3 ether, 4 ether);
        VM.expectRevert(Pausable.EnforcedPause.selector);
        distributor.claimMany(new SlateDistributor.Claim[](0));
    }

    function test_a_sponsor_claims_for_many_and_passes_over_what_was_claimed() public {
        publish(3 ether, 4 ether);
        claimAlice(3 ether, 4 ether);
        VM.prank(ANYONE);
        distributor.claimMany(_both(3 ether, 4 ether));
        VM.assertEq(token.balanceOf(ALICE), 3 ether);
        VM.assertEq(token.balanceOf(BOB), 4 ether);
        VM.recordLogs();
        distributor.claimMany(_both(3 ether, 4 ether));
        VM.assertEq(VM.getRecordedLogs().length, 0);
        VM.assertEq(distributor.totalClaimed(), 7 ether);
    }

    function test_one_forged_claim_refuses_the_whole_batch() public {
        publish(3 ether, 4 ether);
        SlateDistributor.Claim[] memory claims = _both(3 ether, 4 ether);
        claims[1].cumulative = 5 ether;
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.BadProof.selector, BOB_ID));
        distributor.claimMany(claims);
        VM.assertEq(token.balanceOf(ALICE), 0);
    }

    function test_a_token_that_calls_back_finds_the_claim_made() public {
        CallingToken calling = new CallingToken();
        distributor = new SlateDistributor(calling, ADMIN, 1 days, PUBLISHER, GUARDIAN, DELAY, LIMIT);
        calling.give(address(distributor), 100 ether);
        publish(3 ether, 4 ether);
        calling.callOnTransfer(
            address(distributor),
            abi.encodeCall(distributor.claim, (ALICE_ID, ALICE, 3 ether, Tree.proof(leafOf(BOB_ID, BOB, 4 ether))))
        );
        claimAlice(3 ether, 4 ether);
        VM.assertTrue(calling.refused());
        VM.assertEq(calling.balanceOf(ALICE), 3 ether);
    }

    function _both(uint256 alice, uint256 bob) private view returns (SlateDistributor.Claim[] memory claims) {
        bytes32 aliceLeaf = leafOf(ALICE_ID, ALICE, alice);
        bytes32 bobLeaf = leafOf(BOB_ID, BOB, bob);
        claims = new SlateDistributor.Claim[](2);
        claims[0] = SlateDistributor.Claim(ALICE_ID, ALICE, alice, Tree.proof(bobLeaf));
        claims[1] = SlateDistributor.Claim(BOB_ID, BOB, bob, Tree.proof(aliceLeaf));
    }
}

/// @dev Calls somebody in the middle of a transfer, as tokens with hooks do.
contract CallingToken is ERC20("Calling", "CALL") {
    address private _target;
    bytes private _data;
    bool public refused;

    function give(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function callOnTransfer(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        (bool done,) = _target.call(_data);
        refused = !done;
        return super.transfer(to, amount);
    }
}
