"""Wallets as a way in: a text of ours is signed, recovered over our own copy, and burnt."""

import hashlib
import hmac
import secrets
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.db import IntegrityError, transaction
from eth_account.messages import _hash_eip191_message, encode_defunct

from accounts.models import User, Wallet, WalletChallenge
from accounts.wallets import LIFE, Place, Purpose, text_to_sign
from common import ethereum
from common.errors import DomainError, InvalidInput, NotFound

NONCE_BYTES = 12


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


def prove(*, nonce: str, signature: str, purpose: Purpose, session: str, rpc: ethereum.Rpc, now: datetime) -> str:
    """The address that signed the text of this nonce; the text is spent, whether or not the signature is good.

    Raises:
        ChallengeSpent: Unknown, of another session or purpose, expired, or used before.
        BadSignature: Malformed, malleable, or another key's.
        ChainNotAnswering: A wallet contract would have to be asked, and the node does not answer.
    """
    open_ones = WalletChallenge.objects.filter(
        nonce=nonce, purpose=purpose, session_digest=_digest(session), used_at__isnull=True, expires_at__gt=now
    )
    if not open_ones.update(used_at=now):
        raise ChallengeSpent("This text was used, has expired, or is another session's. Ask for a new one.")
    challenge = WalletChallenge.objects.get(nonce=nonce)
    message = encode_defunct(text=challenge.text)
    given = ethereum.signature_bytes(signature)
    if len(given) == ethereum.SIGNATURE_BYTES and hmac.compare_digest(
        ethereum.signer_of(message, given), challenge.address
    ):
        return challenge.address
    if rpc.contract_accepts(challenge.address, bytes(_hash_eip191_message(message)), given):
        return challenge.address
    raise ethereum.BadSignature(f"It was not {challenge.address} that signed. Choose that account in the wallet.")


def person_of(address: str) -> User:
    """Whose wallet it is. Raises `WalletUnknown`."""
    wallet = Wallet.objects.select_related("person").filter(address=address, person__is_active=True).first()
    if wallet is None:
        raise WalletUnknown("This wallet belongs to no account. Sign in another way and link it, or sign up.")
    return wallet.person


def link(*, person: User, address: str, now: datetime) -> Wallet:
    """The person's wallet from now on; linking it again changes nothing.

    Raises:
        WalletTaken: It is another person's.
    """
    try:
        with transaction.atomic():
            return Wallet.objects.create(person=person, address=address, linked_at=now)
    except IntegrityError as error:
        mine = Wallet.objects.filter(person=person, address=address).first()
        if mine is None:
            raise WalletTaken("This wallet is linked to another account. Unlink it there first.") from error
        return mine


@transaction.atomic
def unlink(*, person: User, wallet_id: UUID) -> None:
    """Let the wallet sign in no more; unlinking it again changes nothing.

    Raises:
        LastWayIn: The person has no password and no other wallet.
    """
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = Wallet.objects.filter(person=locked)
    if not locked.has_usable_password() and not mine.exclude(id=wallet_id).exists():
        raise LastWayIn("It is your only way in. Set a password or link another wallet first.")
    mine.filter(id=wallet_id).delete()


def sweep(*, now: datetime) -> int:
    """Forget texts that nobody can use any more; how many."""
    return WalletChallenge.objects.filter(expires_at__lt=now).delete()[0]


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
