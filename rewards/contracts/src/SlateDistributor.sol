// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    AccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

/// @title Pays contributors what a published Merkle tree says they have earned in all.
/// @notice Each leaf states a contributor's cumulative earnings. A claim pays the difference to what they have claimed
/// before, so publishing twice, or claiming twice, pays nothing twice. There is no way to mint, to sweep or to call
/// anything else: tokens leave only to the payee of a leaf.
/// @dev Leaf: keccak256(keccak256(abi.encode(chainId, address(this), contributorId, payee, cumulative))), 160 bytes
/// inside, which no inner node (64 bytes) can be mistaken for, and worthless on any other chain or contract. Inner
/// nodes hash their sorted children. Amounts are base units of the token.
contract SlateDistributor is AccessControlDefaultAdminRules, Pausable {
    using SafeERC20 for IERC20;

    /// @notice One contributor's claim with its proof.
    /// @param contributorId Random name of the contributor in this distributor.
    /// @param payee Who receives the tokens.
    /// @param cumulative All the contributor has ever been allocated.
    /// @param proof Siblings from the leaf to the root.
    struct Claim {
        bytes32 contributorId;
        address payee;
        uint256 cumulative;
        bytes32[] proof;
    }

    /// @notice Everything a tree says and when it may take effect. Two storage slots.
    /// @param epoch Its number; 0 for none.
    /// @param activatableAt Unix time in seconds from which on it may be activated.
    /// @param totalAllocated Sum of all leaves.
    /// @param root Of the tree.
    struct Proposal {
        uint64 epoch;
        uint64 activatableAt;
        uint128 totalAllocated;
        bytes32 root;
    }

    /// @notice Proposes trees.
    bytes32 public constant PUBLISHER_ROLE = keccak256("PUBLISHER_ROLE");
    /// @notice Cancels proposals and pauses; cannot publish, pay or resume.
    bytes32 public constant GUARDIAN_ROLE = keccak256("GUARDIAN_ROLE");

    /// @notice What is paid out.
    IERC20 public immutable TOKEN;
    /// @notice Seconds between a proposal and its activation, for whoever watches to object.
    uint64 public immutable ACTIVATION_DELAY;
    /// @notice By how much the total may rise from one epoch to the next.
    uint128 public immutable MAX_PER_EPOCH;

    /// @notice Number of the tree in force; 0 before the first.
    uint64 public epoch;
    /// @notice Sum of all leaves of the tree in force.
    uint128 public totalAllocated;
    /// @notice Sum of all that was ever claimed.
    uint256 public totalClaimed;
    /// @notice Root of the tree in force.
    bytes32 public root;
    /// @notice What each contributor has claimed in all. It only rises.
    mapping(bytes32 contributorId => uint256 cumulative) public claimed;

    Proposal private _pending;

    /// @notice A tree was proposed.
    /// @param epoch Its number.
    /// @param root Its root.
    /// @param totalAllocated Sum of its leaves.
    /// @param leafFileSha256 Of the published file of its leaves.
    /// @param activatableAt Unix time in seconds.
    event Proposed(
        uint64 indexed epoch, bytes32 indexed root, uint256 totalAllocated, bytes32 leafFileSha256, uint64 activatableAt
    );
    /// @notice A proposal was withdrawn.
    /// @param epoch Its number, which is free again.
    /// @param root Its root.
    event Cancelled(uint64 indexed epoch, bytes32 indexed root);
    /// @notice A tree is in force.
    /// @param epoch Its number.
    /// @param root Its root.
    /// @param totalAllocated Sum of its leaves.
    event Activated(uint64 indexed epoch, bytes32 indexed root, uint256 totalAllocated);
    /// @notice A contributor was paid.
    /// @param contributorId Whose earnings.
    /// @param payee Who received them.
    /// @param amount Paid now.
    /// @param cumulative Claimed in all.
    event Claimed(bytes32 indexed contributorId, address indexed payee, uint256 amount, uint256 cumulative);

    /// @notice An address or an amount of the deployment makes no sense.
    error BadParameter();
    /// @notice The empty root is none.
    error ZeroRoot();
    /// @notice Not the epoch after the one in force.
    /// @param expected The one after the epoch in force.
    /// @param given What was proposed.
    error WrongEpoch(uint64 expected, uint64 given);
    /// @notice The tree in force is another one than the publisher believes.
    /// @param expected The root in force.
    /// @param given What the publisher believes.
    error WrongPreviousRoot(bytes32 expected, bytes32 given);
    /// @notice The total may not fall.
    /// @param current Of the tree in force.
    /// @param given What was proposed.
    error TotalFalls(uint256 current, uint256 given);
    /// @notice The total rises by more than an epoch may add.
    /// @param limit The most that an epoch adds.
    /// @param increase What was proposed.
    error OverEpochLimit(uint256 limit, uint256 increase);
    /// @notice The distributor does not hold what it would owe.
    /// @param needed What is or would be unclaimed.
    /// @param held What the distributor holds.
    error Underfunded(uint256 needed, uint256 held);
    /// @notice Another proposal waits.
    /// @param epoch Its number.
    error ProposalPending(uint64 epoch);
    /// @notice No proposal waits.
    error NothingPending();
    /// @notice The delay has not passed.
    /// @param activatableAt Unix time in seconds from which on it may be activated.
    error TooEarly(uint64 activatableAt);
    /// @notice Tokens go neither to nobody nor back to the distributor.
    /// @param payee Who the leaf pays.
    error BadPayee(address payee);
    /// @notice The leaf is not in the tree in force.
    /// @param contributorId Whose claim it was.
    error BadProof(bytes32 contributorId);
    /// @notice All of it has been claimed.
    /// @param contributorId Whose claim it was.
    /// @param cumulative What they have claimed in all, or less.
    error NothingToClaim(bytes32 contributorId, uint256 cumulative);
    /// @notice More would have been claimed than was ever allocated: the tree does not sum to its total.
    /// @param allocated Sum of all leaves, as published.
    /// @param claimed What would have been claimed in all.
    error OverAllocated(uint256 allocated, uint256 claimed);

    /// @notice Everything here is for ever, but for who holds the roles.
    /// @param token What is paid out.
    /// @param admin Grants the roles and resumes after a pause.
    /// @param adminDelay Seconds that a change of admin takes.
    /// @param publisher First holder of PUBLISHER_ROLE.
    /// @param guardian First holder of GUARDIAN_ROLE.
    /// @param activationDelay Seconds between a proposal and its activation.
    /// @param maxPerEpoch By how much the total may rise from one epoch to the next.
    constructor(
        IERC20 token,
        address admin,
        uint48 adminDelay,
        address publisher,
        address guardian,
        uint64 activationDelay,
        uint128 maxPerEpoch
    ) AccessControlDefaultAdminRules(adminDelay, admin) {
        if (address(token).code.length == 0 || publisher == address(0) || guardian == address(0) || maxPerEpoch == 0) {
            revert BadParameter();
        }
        TOKEN = token;
        ACTIVATION_DELAY = activationDelay;
        MAX_PER_EPOCH = maxPerEpoch;
        _grantRole(PUBLISHER_ROLE, publisher);
        _grantRole(GUARDIAN_ROLE, guardian);
    }

    /// @notice Puts a tree forward; it takes effect by `activate` after the delay.
    /// @param newEpoch One more than the epoch in force.
    /// @param previousRoot The root in force, so that two publishers cannot talk past each other.
    /// @param newRoot Root of the tree.
    /// @param newTotal Sum of its leaves; the distributor must hold what of it is unclaimed.
    /// @param leafFileSha256 SHA-256 of the published file of leaves, for the record.
    function propose(uint64 newEpoch, bytes32 previousRoot, bytes32 newRoot, uint128 newTotal, bytes32 leafFileSha256)
        external
        onlyRole(PUBLISHER_ROLE)
        whenNotPaused
    {
        if (_pending.epoch != 0) revert ProposalPending(_pending.epoch);
        if (newRoot == bytes32(0)) revert ZeroRoot();
        if (newEpoch != epoch + 1) revert WrongEpoch(epoch + 1, newEpoch);
        if (previousRoot != root) revert WrongPreviousRoot(root, previousRoot);
        if (newTotal < totalAllocated) revert TotalFalls(totalAllocated, newTotal);
        uint256 increase = newTotal - totalAllocated;
        if (increase > MAX_PER_EPOCH) revert OverEpochLimit(MAX_PER_EPOCH, increase);
        _requireFunded(newTotal);
        uint64 activatableAt = uint64(block.timestamp) + ACTIVATION_DELAY;
        _pending = Proposal(newEpoch, activatableAt, newTotal, newRoot);
        emit Proposed(newEpoch, newRoot, newTotal, leafFileSha256, activatableAt);
    }

    /// @notice Puts the proposal in force. Anyone may, once the delay has passed and the funds are still there.
    function activate() external whenNotPaused {
        Proposal memory next = _pending;
        if (next.epoch == 0) revert NothingPending();
        // A block's time can be off by seconds; the delay is there for people.
        // slither-disable-start timestamp
        // forge-lint: disable-next-line(block-timestamp)
        if (block.timestamp < next.activatableAt) revert TooEarly(next.activatableAt);
        // slither-disable-end timestamp
        _requireFunded(next.totalAllocated);
        epoch = next.epoch;
        totalAllocated = next.totalAllocated;
        root = next.root;
        delete _pending;
        emit Activated(next.epoch, next.root, next.totalAllocated);
    }

    /// @notice Takes the proposal back, also while paused.
    function cancel() external onlyRole(GUARDIAN_ROLE) {
        Proposal memory dropped = _pending;
        if (dropped.epoch == 0) revert NothingPending();
        delete _pending;
        emit Cancelled(dropped.epoch, dropped.root);
    }

    /// @notice Stops proposals, activations and claims.
    function pause() external onlyRole(GUARDIAN_ROLE) {
        _pause();
    }

    /// @notice Lets them go on.
    function unpause() external onlyRole(DEFAULT_ADMIN_ROLE) {
        _unpause();
    }

    /// @notice Pays a contributor what the tree in force adds to what they claimed before. Anyone may submit it.
    /// @param contributorId Random name of the contributor.
    /// @param payee Who the leaf says receives the tokens.
    /// @param cumulative What the leaf says was allocated in all.
    /// @param proof Siblings from the leaf to the root.
    function claim(bytes32 contributorId, address payee, uint256 cumulative, bytes32[] calldata proof)
        external
        whenNotPaused
    {
        _verify(contributorId, payee, cumulative, proof);
        if (cumulative <= claimed[contributorId]) revert NothingToClaim(contributorId, cumulative);
        _pay(contributorId, payee, cumulative);
    }

    /// @notice Submits many claims at once, for whoever sponsors their gas.
    /// @dev What somebody claimed meanwhile is passed over, so that nobody can make the batch fail by being quicker.
    /// @param claims Each with its own proof; one that proves nothing refuses the whole batch.
    function claimMany(Claim[] calldata claims) external whenNotPaused {
        for (uint256 i = 0; i < claims.length; ++i) {
            Claim calldata one = claims[i];
            _verify(one.contributorId, one.payee, one.cumulative, one.proof);
            if (one.cumulative > claimed[one.contributorId]) _pay(one.contributorId, one.payee, one.cumulative);
        }
    }

    /// @notice The proposal that waits; its epoch is 0 where there is none.
    /// @return Its number, time, total and root.
    function pending() external view returns (Proposal memory) {
        return _pending;
    }

    /// @notice The hash that a leaf stands for in the tree.
    /// @param contributorId Random name of the contributor.
    /// @param payee Who receives the tokens.
    /// @param cumulative What was allocated in all.
    /// @return keccak256(keccak256(abi.encode(chainId, address(this), contributorId, payee, cumulative))).
    function leafHash(bytes32 contributorId, address payee, uint256 cumulative) public view returns (bytes32) {
        bytes32 inner = keccak256(abi.encode(block.chainid, address(this), contributorId, payee, cumulative));
        return keccak256(bytes.concat(inner));
    }

    function _verify(bytes32 contributorId, address payee, uint256 cumulative, bytes32[] calldata proof) private view {
        bytes32 leaf = leafHash(contributorId, payee, cumulative);
        if (!MerkleProof.verifyCalldata(proof, root, leaf)) revert BadProof(contributorId);
        if (payee == address(0) || payee == address(this)) revert BadPayee(payee);
    }

    /// @dev Effects before the transfer: a token that calls back finds the claim made.
    function _pay(bytes32 contributorId, address payee, uint256 cumulative) private {
        uint256 amount = cumulative - claimed[contributorId];
        claimed[contributorId] = cumulative;
        uint256 total = totalClaimed + amount;
        if (total > totalAllocated) revert OverAllocated(totalAllocated, total);
        // Claim by claim also in a batch: a token that calls back in its midst finds the sum right.
        // slither-disable-next-line costly-loop
        totalClaimed = total;
        emit Claimed(contributorId, payee, amount, cumulative);
        TOKEN.safeTransfer(payee, amount);
    }

    function _requireFunded(uint256 allocated) private view {
        uint256 needed = allocated - totalClaimed;
        uint256 held = TOKEN.balanceOf(address(this));
        if (held < needed) revert Underfunded(needed, held);
    }
}
