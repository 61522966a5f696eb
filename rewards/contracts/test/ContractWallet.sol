// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The least wallet that is a contract (EIP-1271): it accepts what its owner signed, followed by anything.
/// @dev For tests alone. Reverts on what is no signature of 65 bytes, as many wallets do.
contract ContractWallet {
    address private immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    /// @return The magic value of EIP-1271 if the owner signed `digest`, else zero.
    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        require(signature.length >= 65, "too short");
        address signer = ecrecover(digest, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64]));
        return signer == owner && owner != address(0) ? this.isValidSignature.selector : bytes4(0);
    }
}
