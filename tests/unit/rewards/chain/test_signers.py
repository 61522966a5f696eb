"""Keys: what each signs is recovered to its own address; keys that may not be used are refused with the fix."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from eth_account import Account
from eth_utils import to_checksum_address

from rewards.chain.signers import DEVELOPMENT_PASSWORD, KeySigner, KmsSigner, SignerUnusable, is_local, open_keystore
from tests.factories.kms import KmsStub

LOCAL = "http://127.0.0.1:8545"
TRANSACTION = {
    "type": 2,
    "chainId": 31_337,
    "nonce": 7,
    "to": to_checksum_address("0xc5806ea76348d369460284f39e7b65027e6052ba"),
    "value": 0,
    "gas": 120_000,
    "maxFeePerGas": 3 * 10**9,
    "maxPriorityFeePerGas": 10**9,
    "data": b"\x01\x02",
}


@pytest.mark.parametrize("high_s", [False, True])
def test_kms_signatures_are_low_and_recover_to_the_keys_own_address(high_s: bool) -> None:
    signer = KmsSigner(KmsStub(high_s=high_s), "key")
    signed = {signer.sign(TRANSACTION) for _ in range(8)}
    assert len(signed) == 8  # each differs, so what was signed must be kept
    assert {Account.recover_transaction(raw) for raw in signed} == {signer.address}


def test_the_signing_key_of_another_is_noticed() -> None:
    stub = KmsStub()
    signer = KmsSigner(stub, "key")
    stub._key = ec.generate_private_key(ec.SECP256K1())
    with pytest.raises(SignerUnusable, match="another key"):
        signer.sign(TRANSACTION)


def test_a_kms_key_of_another_curve_is_refused() -> None:
    with pytest.raises(SignerUnusable, match="ECC_SECG_P256K1"):
        KmsSigner(KmsStub(curve=ec.SECP256R1()), "key")


def test_a_key_signs_what_recovers_to_its_address() -> None:
    signer = KeySigner(b"\x11" * 32)
    assert Account.recover_transaction(signer.sign(TRANSACTION)) == signer.address


def keystore(folder: Path, password: str) -> Path:
    path = folder / "key.json"
    path.write_text(json.dumps(Account.encrypt(b"\x11" * 32, password, kdf="pbkdf2", iterations=2)))
    return path


def test_a_keystore_opens_with_its_password_alone(tmp_path: Path) -> None:
    path = keystore(tmp_path, "correct horse")
    opened = open_keystore(path, "correct horse", chain_id=1, rpc_url="https://rpc.example")
    assert opened.address == KeySigner(b"\x11" * 32).address
    with pytest.raises(SignerUnusable, match="password"):
        open_keystore(path, "wrong", chain_id=1, rpc_url="https://rpc.example")


@pytest.mark.parametrize("content", ["", "{}", "[]", "nonsense", '{"crypto": 1, "version": 3}'])
def test_a_file_that_is_no_keystore_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(content)
    with pytest.raises(SignerUnusable, match=r"key\.json"):
        open_keystore(path, "x", chain_id=31_337, rpc_url=LOCAL)
    with pytest.raises(SignerUnusable, match="CHAIN_KEYSTORE"):
        open_keystore(tmp_path / "none.json", "x", chain_id=31_337, rpc_url=LOCAL)


@pytest.mark.parametrize(
    ("chain_id", "url"),
    [(1, LOCAL), (8453, LOCAL), (31_337, "https://rpc.example"), (31_337, "http://10.0.0.5:8545"), (31_337, "")],
)
def test_the_password_everybody_knows_opens_nothing_off_a_local_chain(tmp_path: Path, chain_id: int, url: str) -> None:
    path = keystore(tmp_path, DEVELOPMENT_PASSWORD)
    with pytest.raises(SignerUnusable, match="everybody knows"):
        open_keystore(path, DEVELOPMENT_PASSWORD, chain_id=chain_id, rpc_url=url)
    assert not is_local(chain_id, url)


def test_the_password_everybody_knows_opens_on_a_local_chain(tmp_path: Path) -> None:
    path = keystore(tmp_path, DEVELOPMENT_PASSWORD)
    assert open_keystore(path, DEVELOPMENT_PASSWORD, chain_id=31_337, rpc_url=LOCAL).address
