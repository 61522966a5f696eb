"""An authenticator in software: makes passkeys and signs with them as a phone or a security key does (WebAuthn 2)."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

USER_PRESENT, USER_VERIFIED, CREDENTIAL_ATTACHED = 0x01, 0x04, 0x40


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Passkey:
    """One resident credential with its private key, for one site."""

    def __init__(self, *, origin: str, verifies: bool = True) -> None:
        self.origin = origin
        self.id = os.urandom(32)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.user_handle = b""
        self.rp_id = ""
        self.flags = USER_PRESENT | (USER_VERIFIED if verifies else 0)
        self.uses = 0

    def registered(self, creation_options: Mapping[str, Any]) -> dict[str, Any]:
        """The credential that the browser hands over after `navigator.credentials.create(...)`."""
        asked = creation_options["publicKey"]
        self.rp_id = asked["rp"]["id"]
        self.user_handle = decoded(asked["user"]["id"])
        client = self._client_data("webauthn.create", asked["challenge"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attached = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._authenticator_data(CREDENTIAL_ATTACHED) + attached,
        }
        response = {"clientDataJSON": encoded(client), "attestationObject": encoded(cbor.encode(attestation))}
        return self._credential(response, {"credProps": {"rk": True}})

    def signed(self, request_options: Mapping[str, Any]) -> dict[str, Any]:
        """The credential that the browser hands over after `navigator.credentials.get(...)`."""
        client = self._client_data("webauthn.get", request_options["publicKey"]["challenge"])
        self.uses += 1
        data = self._authenticator_data(0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": encoded(client),
            "authenticatorData": encoded(data),
            "signature": encoded(signature),
            "userHandle": encoded(self.user_handle),
        }
        return self._credential(response, {})

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _authenticator_data(self, more_flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + struct.pack(">BI", self.flags | more_flags, self.uses)

    def _credential(self, response: Mapping[str, Any], extensions: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": encoded(self.id),
            "rawId": encoded(self.id),
            "type": "public-key",
            "response": dict(response),
            "clientExtensionResults": dict(extensions),
            "authenticatorAttachment": "platform",
        }
