// Writes test/vectors.json: trees as OpenZeppelin's own JavaScript builds them, read by the Python and Solidity tests.
import { writeFileSync } from "node:fs";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { keccak_256 } from "@noble/hashes/sha3.js";

const SIZES = [1, 2, 3, 7, 8, 9, 15, 16, 17, 33];
const TYPES = ["uint256", "address", "bytes32", "address", "uint256"];
const CHAIN_ID = 31337;
const DEPLOYER = "0x00000000000000000000000000000000000000d1";

const hex = (bytes) => "0x" + Buffer.from(bytes).toString("hex");
const hash = (text) => hex(keccak_256(Buffer.from(text)));
// The first contract of an account lies at the hash of RLP([its address, nonce 0]).
const firstContractOf = (address) =>
  hex(keccak_256(Buffer.from("d694" + address.slice(2) + "80", "hex")).slice(12));

const distributor = firstContractOf(DEPLOYER);
const trees = SIZES.map((size) => {
  const leaves = Array.from({ length: size }, (_, place) => ({
    contributorId: hash(`contributor ${size} ${place}`),
    payee: hash(`payee ${size} ${place}`).slice(0, 42),
    cumulative: (10n ** 18n * BigInt(place + 1) + BigInt(size)).toString(),
  }));
  const rows = leaves.map((leaf) => [CHAIN_ID, distributor, leaf.contributorId, leaf.payee, leaf.cumulative]);
  const tree = StandardMerkleTree.of(rows, TYPES);
  return {
    size,
    root: tree.root,
    leaves: leaves.map((leaf, place) => ({ ...leaf, hash: tree.leafHash(rows[place]), proof: tree.getProof(place) })),
  };
});
const file = new URL("../test/vectors.json", import.meta.url);
writeFileSync(file, JSON.stringify({ chainId: CHAIN_ID, deployer: DEPLOYER, distributor, trees }, null, 1) + "\n");
