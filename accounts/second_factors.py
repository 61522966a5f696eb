"""Passkeys, one-time codes and recovery codes: whose they are for, and how their secrets are kept."""

import base64
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from accounts.mail import Platform


class SecondFactors(DefaultMFAAdapter):
    """django-allauth's adapter: passkeys belong to the platform's address, and no secret is stored in the clear."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """From the settings alone: a forged Host header must not make passkeys for another site."""
        return {"id": urlsplit(settings.APP_URL).hostname or "", "name": Platform.name}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Numbered, not "master" and "backup": every passkey signs in alike."""
        count = user.authenticator_set.filter(type=type).count()
        return "Passkey" if count == 0 else f"Passkey {count + 1}"


def _cipher() -> MultiFernet:
    """Encrypts by the present secret key, and still reads what its predecessors encrypted."""
    return MultiFernet([_fernet(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"openslate second factors").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
