"""Wallets as a way in: a text of ours is signed, recovered over our own copy, and burnt."""

import hashlib
import secrets
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import User, Wallet, WalletChallenge
from accounts.notices import tell
from accounts.permissions import check
from accounts.wallets import LIFE, Place, Purpose, text_to_sign
from common import ethereum
from common.errors import DomainError, InvalidInput, NotFound

NONCE_BYTES = 12
LINKED = """\
The wallet {address} was linked to your OpenSlate account and can sign in to it from now on. Where you are paid has not
changed.

If it was not you, unlink it and change your password.
"""


class ChallengeSpent(InvalidInput):
    """The text is unknown, of another session, expired, or was used."""

    code = "challenge_spent"


class WalletUnknown(NotFound):
    """The wallet is linked to no account."""

    code = "wallet_unknown"


class WalletTaken(DomainError):
    """The wallet belongs to another account."""

    code = "wallet_taken"
    status = HTTPStatus.CONFLICT


class LastWayIn(DomainError):
    """Without it the person could not sign in any more."""

    code = "last_way_in"
    status = HTTPStatus.CONFLICT


def issue(*, address: str, purpose: Purpose, session: str, place: Place, now: datetime) -> WalletChallenge:
    """A text for this wallet to sign in this session.

    Args:
        session: A secret that only the asking session holds.

    Raises:
        BadAddress: Nobody could sign for it.
    """
    checked = ethereum.address(address)
    nonce = secrets.token_hex(NONCE_BYTES)
    return WalletChallenge.objects.create(
        nonce=nonce,
        address=checked,
        purpose=purpose,
        session_digest=_digest(session),
        text=text_to_sign(place=place, address=checked, purpose=purpose, nonce=nonce, issued_at=now),
        expires_at=now + LIFE,
    )


def sign_in(*, nonce: str, signature: str, session: str, rpc: ethereum.Rpc, now: datetime) -> User:
    """Whose wallet signed the text of this nonce. Where they are paid stays as it is.

    Raises:
        ChallengeSpent, BadSignature, ChainNotAnswering: As `_prove`.
        WalletUnknown: The wallet is linked to no account that is active.
    """
    address = _prove(Purpose.SIGN_IN, nonce, signature, session, rpc, now)
    wallet = Wallet.objects.select_related("person").filter(address=address, person__is_active=True).first()
    if wallet is None:
        raise WalletUnknown("This wallet is linked to no account. Sign in or sign up by e-mail, then link it there.")
    return wallet.person


def link(*, person: User, nonce: str, signature: str, session: str, rpc: ethereum.Rpc, now: datetime) -> Wallet:
    """The wallet that signed lets the person sign in from now on; linking it again changes nothing. They get a mail.

    Raises:
        NotAllowed: The person came with an API token.
        ChallengeSpent, BadSignature, ChainNotAnswering: As `_prove`.
        WalletTaken: It is another person's.
    """
    check(person, "wallet.link")
    address = _prove(Purpose.LINK, nonce, signature, session, rpc, now)
    with transaction.atomic():
        wallet, made = Wallet.objects.get_or_create(address=address, defaults={"person": person, "linked_at": now})
        if wallet.person_id != person.id:
            raise WalletTaken("This wallet is linked to another account. Unlink it there first.")
        if made:
            tell(person, "A wallet can sign in to your account", LINKED.format(address=address))
    return wallet


@transaction.atomic
def unlink(*, person: User, wallet_id: UUID) -> None:
    """Let the wallet sign in no more; unlinking it again changes nothing.

    Raises:
        NotAllowed: The person came with an API token.
        LastWayIn: The person has no password, no passkey and no other wallet.
    """
    check(person, "wallet.unlink")
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = Wallet.objects.filter(person=locked)
    passkeys = Authenticator.objects.filter(user=locked, type=Authenticator.Type.WEBAUTHN)
    if not (locked.has_usable_password() or mine.exclude(id=wallet_id).exists() or passkeys.exists()):
        raise LastWayIn("It is your only way in. Set a password, add a passkey or link another wallet first.")
    mine.filter(id=wallet_id).delete()


def sweep(*, now: datetime) -> int:
    """Forget texts that nobody can use any more; how many."""
    return WalletChallenge.objects.filter(expires_at__lt=now).delete()[0]


def _prove(purpose: Purpose, nonce: str, signature: str, session: str, rpc: ethereum.Rpc, now: datetime) -> str:
    """The address that signed the text of this nonce; the text is spent, whether or not the signature is good.

    Raises:
        ChallengeSpent: Unknown, of another session or purpose, expired, or used before.
        BadSignature: Malformed, malleable, another key's, or refused by the wallet's contract.
        ChainNotAnswering: A wallet contract would have to be asked, and the node does not answer.
    """
    open_ones = WalletChallenge.objects.filter(
        nonce=nonce, purpose=purpose, session_digest=_digest(session), used_at__isnull=True, expires_at__gt=now
    )
    if not open_ones.update(used_at=now):
        raise ChallengeSpent("This text was used, has expired, or is another session's. Ask for a new one.")
    challenge = WalletChallenge.objects.get(nonce=nonce)
    message = ethereum.personal_message(challenge.text)
    ethereum.check_signed(message, signature, by=challenge.address, rpc=rpc)
    return challenge.address


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
