// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SlateDistributor} from "../src/SlateDistributor.sol";
import {SlateToken} from "../src/SlateToken.sol";
import {VM} from "./Vm.sol";

/// @dev Trees that OpenZeppelin's JavaScript built are claimed leaf by leaf; `npm run vectors` writes them anew.
contract VectorsTest {
    SlateDistributor private distributor;
    SlateToken private token;
    string private json;

    function setUp() public {
        VM.warp(1_800_000_000);
        json = VM.readFile("test/vectors.json");
        VM.chainId(VM.parseJsonUint(json, ".chainId"));
        token = new SlateToken(address(this), 1_000_000 ether);
        VM.prank(VM.parseJsonAddress(json, ".deployer"));
        distributor = new SlateDistributor(token, address(1), 0, address(this), address(this), 0, type(uint128).max);
        require(token.transfer(address(distributor), 1_000_000 ether));
        VM.assertEq(address(distributor), VM.parseJsonAddress(json, ".distributor"));
    }

    function test_every_leaf_of_every_tree_is_paid() public {
        uint256 total;
        for (uint256 tree = 0; tree < 10; ++tree) {
            string memory place = string.concat(".trees[", VM.toString(tree), "]");
            total += 10_000 ether;
            // forge-lint: disable-next-line(unsafe-typecast)
            uint128 cap = uint128(total);
            bytes32 root = VM.parseJsonBytes32(json, string.concat(place, ".root"));
            distributor.propose(distributor.epoch() + 1, distributor.root(), root, cap, bytes32(0));
            distributor.activate();
            uint256 size = VM.parseJsonUint(json, string.concat(place, ".size"));
            for (uint256 leaf = 0; leaf < size; ++leaf) {
                _claim(string.concat(place, ".leaves[", VM.toString(leaf), "]"));
            }
        }
    }

    function _claim(string memory place) private {
        bytes32 id = VM.parseJsonBytes32(json, string.concat(place, ".contributorId"));
        address payee = VM.parseJsonAddress(json, string.concat(place, ".payee"));
        uint256 cumulative = VM.parseJsonUint(json, string.concat(place, ".cumulative"));
        VM.assertEq(
            distributor.leafHash(id, payee, cumulative), VM.parseJsonBytes32(json, string.concat(place, ".hash"))
        );
        distributor.claim(id, payee, cumulative, VM.parseJsonBytes32Array(json, string.concat(place, ".proof")));
        VM.assertEq(token.balanceOf(payee), cumulative);
    }
}
