// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {SlateDistributor} from "../src/SlateDistributor.sol";
import {Stage} from "./Stage.sol";
import {VM} from "./Vm.sol";

contract PublishingTest is Stage {
    bytes32 private constant ROOT = keccak256("root");

    function setUp() public {
        build();
    }

    function test_a_proposal_waits_for_its_delay_and_then_anyone_activates_it() public {
        VM.expectEmit(address(distributor));
        emit SlateDistributor.Proposed(1, ROOT, 10 ether, keccak256("file"), uint64(block.timestamp) + DELAY);
        proposeTree(ROOT, 10 ether);
        VM.assertEq(distributor.root(), bytes32(0));
        SlateDistributor.Proposal memory waiting = distributor.pending();
        VM.assertEq(waiting.root, ROOT);

        VM.warp(waiting.activatableAt - 1);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.TooEarly.selector, waiting.activatableAt));
        distributor.activate();

        VM.warp(waiting.activatableAt);
        VM.prank(ANYONE);
        distributor.activate();
        VM.assertEq(distributor.root(), ROOT);
        VM.assertEq(distributor.epoch(), 1);
        VM.assertEq(distributor.totalAllocated(), 10 ether);
        VM.assertEq(distributor.pending().epoch, 0);
    }

    function test_an_activated_proposal_cannot_be_activated_again() public {
        publishTree(ROOT, 1 ether);
        VM.expectRevert(SlateDistributor.NothingPending.selector);
        distributor.activate();
    }

    function test_only_the_publisher_proposes() public {
        bytes32 role = distributor.PUBLISHER_ROLE();
        VM.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, GUARDIAN, role)
        );
        VM.prank(GUARDIAN);
        distributor.propose(1, bytes32(0), ROOT, 1 ether, bytes32(0));
    }

    function test_a_second_proposal_is_refused_while_one_waits() public {
        proposeTree(ROOT, 1 ether);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.ProposalPending.selector, 1));
        VM.prank(PUBLISHER);
        distributor.propose(1, bytes32(0), ROOT, 1 ether, bytes32(0));
    }

    function test_the_empty_root_is_refused() public {
        VM.expectRevert(SlateDistributor.ZeroRoot.selector);
        VM.prank(PUBLISHER);
        distributor.propose(1, bytes32(0), bytes32(0), 1 ether, bytes32(0));
    }

    function test_only_the_next_epoch_is_taken() public {
        publishTree(ROOT, 1 ether);
        for (uint64 epoch = 0; epoch < 5; ++epoch) {
            if (epoch == 2) continue;
            VM.expectRevert(abi.encodeWithSelector(SlateDistributor.WrongEpoch.selector, 2, epoch));
            VM.prank(PUBLISHER);
            distributor.propose(epoch, ROOT, keccak256("next"), 1 ether, bytes32(0));
        }
    }

    function test_a_publisher_who_believes_in_another_root_is_refused() public {
        publishTree(ROOT, 1 ether);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.WrongPreviousRoot.selector, ROOT, bytes32(0)));
        VM.prank(PUBLISHER);
        distributor.propose(2, bytes32(0), keccak256("next"), 1 ether, bytes32(0));
    }

    function test_the_total_never_falls_but_may_stay() public {
        publishTree(ROOT, 2 ether);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.TotalFalls.selector, 2 ether, 2 ether - 1));
        VM.prank(PUBLISHER);
        distributor.propose(2, ROOT, keccak256("less"), 2 ether - 1, bytes32(0));
        publishTree(keccak256("another payee"), 2 ether);
        VM.assertEq(distributor.epoch(), 2);
    }

    function test_an_epoch_adds_at_most_its_limit() public {
        publishTree(ROOT, LIMIT);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.OverEpochLimit.selector, LIMIT, uint256(LIMIT) + 1));
        VM.prank(PUBLISHER);
        distributor.propose(2, ROOT, keccak256("more"), 2 * LIMIT + 1, bytes32(0));
        publishTree(keccak256("more"), 2 * LIMIT);
        VM.assertEq(distributor.totalAllocated(), 2 * LIMIT);
    }

    function test_what_is_not_funded_is_not_proposed() public {
        SlateDistributor poor = new SlateDistributor(token, ADMIN, 1 days, PUBLISHER, GUARDIAN, DELAY, LIMIT);
        require(token.transfer(address(poor), 3 ether));
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.Underfunded.selector, 3 ether + 1, 3 ether));
        VM.prank(PUBLISHER);
        poor.propose(1, bytes32(0), ROOT, 3 ether + 1, bytes32(0));
    }

    function test_funds_that_vanished_meanwhile_stop_the_activation() public {
        LeakyToken leaky = new LeakyToken();
        SlateDistributor here = new SlateDistributor(leaky, ADMIN, 1 days, PUBLISHER, GUARDIAN, DELAY, LIMIT);
        leaky.set(1 ether);
        VM.prank(PUBLISHER);
        here.propose(1, bytes32(0), ROOT, 1 ether, bytes32(0));
        leaky.set(1 ether - 1);
        VM.warp(block.timestamp + DELAY);
        VM.expectRevert(abi.encodeWithSelector(SlateDistributor.Underfunded.selector, 1 ether, 1 ether - 1));
        here.activate();
    }

    function test_the_guardian_cancels_even_while_paused_and_the_epoch_is_free_again() public {
        proposeTree(ROOT, 1 ether);
        VM.prank(GUARDIAN);
        distributor.pause();
        VM.prank(GUARDIAN);
        distributor.cancel();
        VM.prank(ADMIN);
        distributor.unpause();
        publishTree(keccak256("corrected"), 1 ether);
        VM.assertEq(distributor.epoch(), 1);
        VM.expectRevert(SlateDistributor.NothingPending.selector);
        VM.prank(GUARDIAN);
        distributor.cancel();
    }

    function test_only_the_guardian_cancels_and_pauses() public {
        proposeTree(ROOT, 1 ether);
        VM.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        VM.prank(PUBLISHER);
        distributor.cancel();
        VM.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        VM.prank(PUBLISHER);
        distributor.pause();
    }

    function test_a_pause_stops_proposals_and_activations_and_only_the_admin_ends_it() public {
        proposeTree(ROOT, 1 ether);
        VM.warp(block.timestamp + DELAY);
        VM.prank(GUARDIAN);
        distributor.pause();
        VM.expectRevert(Pausable.EnforcedPause.selector);
        distributor.activate();
        VM.expectRevert(Pausable.EnforcedPause.selector);
        VM.prank(PUBLISHER);
        distributor.propose(1, bytes32(0), ROOT, 1 ether, bytes32(0));
        VM.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        VM.prank(GUARDIAN);
        distributor.unpause();
        VM.prank(ADMIN);
        distributor.unpause();
        distributor.activate();
        VM.assertEq(distributor.root(), ROOT);
    }

    function test_a_deployment_that_makes_no_sense_is_refused() public {
        bytes4 bad = SlateDistributor.BadParameter.selector;
        VM.expectRevert(bad);
        new SlateDistributor(IERC20(address(0x1234)), ADMIN, 0, PUBLISHER, GUARDIAN, 0, 1);
        VM.expectRevert(bad);
        new SlateDistributor(token, ADMIN, 0, address(0), GUARDIAN, 0, 1);
        VM.expectRevert(bad);
        new SlateDistributor(token, ADMIN, 0, PUBLISHER, address(0), 0, 1);
        VM.expectRevert(bad);
        new SlateDistributor(token, ADMIN, 0, PUBLISHER, GUARDIAN, 0, 0);
    }
}

/// @dev Says it holds whatever it is told to say.
contract LeakyToken is IERC20 {
    uint256 private _held;

    function set(uint256 held) external {
        _held = held;
    }

    function balanceOf(address) external view returns (uint256) {
        return _held;
    }

    function totalSupply() external view returns (uint256) {
        return _held;
    }

    function allowance(address, address) external pure returns (uint256) {
        return 0;
    }

    function approve(address, uint256) external pure returns (bool) {
        return false;
    }

    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return false;
    }
}
