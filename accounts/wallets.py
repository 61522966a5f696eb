"""The text that a wallet signs (EIP-4361, "Sign-In with Ethereum"), composed here and never parsed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices

LIFE = timedelta(minutes=5)
TEMPLATE = """\
{domain} wants you to sign in with your Ethereum account:
{address}

{statement}

URI: {uri}
Version: 1
Chain ID: {chain_id}
Nonce: {nonce}
Issued At: {issued_at}
Expiration Time: {expires_at}"""


class Purpose(TextChoices):
    SIGN_IN = "sign_in", "Sign in"
    LINK = "link", "Link to an account"


STATEMENTS = {
    Purpose.SIGN_IN: "Sign in to OpenSlate. This costs nothing and moves nothing.",
    Purpose.LINK: (
        "Let this wallet sign in to my OpenSlate account. This costs nothing and does not change where I am paid."
    ),
}


@dataclass(frozen=True)
class Place:
    """Where people sign in, from the settings: a forged Host header changes none of it."""

    domain: str
    uri: str
    chain_id: int


def text_to_sign(*, place: Place, address: str, purpose: Purpose, nonce: str, issued_at: datetime) -> str:
    """The whole message; the wallet shows it, so it says in words what signing means."""
    return TEMPLATE.format(
        domain=place.domain,
        address=address,
        statement=STATEMENTS[purpose],
        uri=place.uri,
        chain_id=place.chain_id,
        nonce=nonce,
        issued_at=_instant(issued_at),
        expires_at=_instant(issued_at + LIFE),
    )


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
