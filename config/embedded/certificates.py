"""Certificates with which the parts of SeaweedFS know each other, signed by an authority that is then forgotten."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config.embedded.planning import write_private
from config.embedded.ports import LOOPBACK

# They authenticate processes of one installation to each other and end with it; nobody renews them.
VALID_FOR = timedelta(days=100 * 365)
PEM = serialization.Encoding.PEM


def write_mutual_tls(authority: Path, certificate: Path, key: Path) -> None:
    """Write an authority's certificate, and one certificate signed by it that serves both ends.

    The authority's own key is never stored: nobody can add a member later.
    """
    authority_key = ec.generate_private_key(ec.SECP256R1())
    member_key = ec.generate_private_key(ec.SECP256R1())
    signed_authority = (
        _builder("openslate embedded authority", authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    names = [x509.IPAddress(ipaddress.ip_address(LOOPBACK)), x509.DNSName("localhost")]
    signed_member = (
        _builder("openslate embedded seaweedfs", member_key.public_key())
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    plain_key = member_key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_private(key, plain_key.decode())
    write_private(certificate, signed_member.public_bytes(PEM).decode())
    write_private(authority, signed_authority.public_bytes(PEM).decode())


def _builder(name: str, public_key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    made_at = datetime.now(UTC)  # noqa: TID251 - a certificate is made at the edge, of no row's time
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "openslate embedded authority")])
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(made_at - timedelta(days=1))
        .not_valid_after(made_at + VALID_FOR)
    )
