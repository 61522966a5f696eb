// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title The reward token of local and test chains.
/// @notice A plain ERC-20 with 18 decimals. All there ever is comes into being on deployment.
/// @dev On a main network the distributor is given the address of an existing token instead.
contract SlateToken is ERC20 {
    /// @notice Creates the whole supply.
    /// @param treasury Who receives it.
    /// @param supplyWei How much, in base units (10^-18).
    constructor(address treasury, uint256 supplyWei) ERC20("OpenSlate", "SLATE") {
        _mint(treasury, supplyWei);
    }
}
