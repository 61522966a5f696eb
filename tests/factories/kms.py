"""AWS KMS as its documentation describes it, for one key: DIGEST is signed as it is, in DER, with a fresh nonce."""

from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rewards.chain.signers import ORDER


class KmsStub:
    """Answers `get_public_key` and `sign`; `high_s` makes it give the half of signatures that chains refuse."""

    def __init__(self, *, curve: ec.EllipticCurve | None = None, high_s: bool = False) -> None:
        self._key = ec.generate_private_key(curve or ec.SECP256K1())
        self._high_s = high_s
        self.signed = 0

    def get_public_key(self, *, KeyId: str) -> dict[str, Any]:
        der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return {"KeyId": KeyId, "PublicKey": der, "KeySpec": "ECC_SECG_P256K1"}

    def sign(self, *, KeyId: str, Message: bytes, MessageType: str, SigningAlgorithm: str) -> dict[str, Any]:
        assert (MessageType, SigningAlgorithm, len(Message)) == ("DIGEST", "ECDSA_SHA_256", 32)
        self.signed += 1
        r, s = decode_dss_signature(self._key.sign(Message, ec.ECDSA(Prehashed(hashes.SHA256()))))
        s = max(s, ORDER - s) if self._high_s else s
        return {"KeyId": KeyId, "Signature": encode_dss_signature(r, s)}
