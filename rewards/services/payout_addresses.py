"""Where people's tokens go: a new address consents, its person is told, and after a cool-down it is in force."""

import secrets
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.public import User, audit, check, send_notice
from common import ethereum
from common.errors import DomainError, InvalidInput, NotFound
from rewards.chain import consent
from rewards.lifecycle import ADDRESS_TRANSITIONS, AddressStatus
from rewards.models import Distributor, PayeeAddress
from rewards.services import distributors, payees

log = structlog.get_logger(__name__)

TIME_TO_CONSENT = timedelta(minutes=30)
OPERATORS_NOTICE = timedelta(days=7)
NONCE_BITS = 128
BATCH = 100
# Nobody has their keys, and people have lost tokens to each of them; those of the chain's own machinery are below.
BURNERS = {
    "0x000000000000000000000000000000000000dead",
    "0xdead000000000000000042069420694206942069",
    "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
    "0xffffffffffffffffffffffffffffffffffffffff",
}
PRECOMPILES_BELOW = 0x10000
NOTICE = """\
From {effective_at:%Y-%m-%d %H:%M} UTC on, what you earn on OpenSlate is to be paid to

    {address}

What was frozen in an epoch before goes where it went. {asked_by}

If you did not want this, sign in at once, cancel it or name another address, and change your password.
"""
BY_SESSION = "It was asked for in your account."
BY_OPERATOR = "An operator asked for it on your behalf."


class BadPayoutAddress(InvalidInput):
    """Tokens sent there would be lost."""

    code = "bad_payout_address"


class ChangeUnderWay(DomainError):
    """Another change waits for its time."""

    code = "payout_address_change_under_way"


class AlreadyPaidThere(DomainError):
    """It is the person's payout address already."""

    code = "payout_address_set"


class ConsentExpired(DomainError):
    """The time to sign is over."""

    code = "consent_expired"
    status = HTTPStatus.BAD_REQUEST


class ChangeSettled(DomainError):
    """The change was consented to or cancelled before, or is in force."""

    code = "payout_address_change_settled"


@transaction.atomic
def ask(*, person: User, address: str, by: User, now: datetime) -> PayeeAddress:
    """A change that waits for the new address's signature; what is paid where stays as it is.

    Raises:
        NotAllowed: Somebody else who is no operator, or a token where a session is needed.
        BadPayoutAddress, ethereum.BadAddress: Tokens sent there would be lost.
        AlreadyPaidThere: Nothing would change.
        NoDistributor: There is no contract yet that the consent could be for.
    """
    _check_may(person, by, now)
    checked = check_address(address)
    if _in_force(person, now) == checked:
        raise AlreadyPaidThere("Your earnings go to this address already.")
    distributor = distributors.in_use()
    _, name = payees.ensure(distributor, [person.id], now=now)[person.id]
    deadline = (now + TIME_TO_CONSENT).replace(microsecond=0)
    if by.id != person.id:
        detail = {"address": checked}
        audit("payout_address.asked_for_other", actor=by, now=now, about=("person", person.id), detail=detail)
    return PayeeAddress.objects.create(
        person=person,
        address=checked,
        asked_by=by,
        asked_at=now,
        deadline=deadline,
        typed_data=_typed_data(distributor, name, checked, deadline),
    )


def accept_consent(*, change_id: UUID, signature: str, by: User, rpc: ethereum.Rpc, now: datetime) -> PayeeAddress:
    """The change, consented to: a first address is in force at once, another after notice and cool-down.

    Raises:
        NotFound: No such change of theirs.
        NotAllowed: A token where a session is needed.
        ConsentExpired, ChangeSettled: Too late, or done before.
        ChangeUnderWay: Another change of the person's waits for its time.
        ethereum.BadSignature, ethereum.ChainNotAnswering: See `ethereum.check_signed`.
    """
    change = _of(change_id, by)
    _check_may(change.person, by, now)
    _check_open(change, now)
    ethereum.check_signed(ethereum.typed_message(change.typed_data), signature, by=change.address, rpc=rpc)
    with transaction.atomic():
        _lock(change.person_id)
        change.refresh_from_db()
        _check_open(change, now)
        others = PayeeAddress.objects.filter(person=change.person_id, status=AddressStatus.CONSENTED)
        if others.filter(Q(effective_at__isnull=True) | Q(effective_at__gt=now)).exists():
            raise ChangeUnderWay("Another change of the address waits for its time. Cancel that one first.")
        first = change.asked_by_id == change.person_id and not others.exists()
        _move(
            change, AddressStatus.CONSENTED, signature=signature, consented_at=now, effective_at=now if first else None
        )
    log.info("payout_address_consented", person=str(change.person_id), change=str(change.id), first=first)
    return change


def cancel(*, change_id: UUID, by: User, now: datetime) -> PayeeAddress:
    """The change, cancelled before it came into force; cancelling again changes nothing.

    Raises:
        NotFound: No such change of theirs.
        NotAllowed: By a token.
        ChangeSettled: It is in force.
    """
    change = _of(change_id, by)
    check(by, "payout_address.cancel")
    with transaction.atomic():
        _lock(change.person_id)
        change.refresh_from_db()
        if change.status == AddressStatus.CANCELLED:
            return change
        if change.effective_at is not None and change.effective_at <= now:
            raise ChangeSettled("This address is in force already. Ask for another one.")
        _move(change, AddressStatus.CANCELLED, cancelled_at=now)
    return change


def send_notices(*, now: datetime) -> int:
    """Tell people of changes by mail, each of which begins its cool-down then; how many were told.

    What cannot be sent stays as it is, and is tried again: no address comes into force unannounced.
    """
    told = 0
    waiting = PayeeAddress.objects.filter(status=AddressStatus.CONSENTED, notice_sent_at__isnull=True)
    for change_id in waiting.order_by("consented_at").values_list("id", flat=True)[:BATCH]:
        try:
            told += _send_notice(change_id, now)
        except OSError as error:
            log.warning("notice_not_sent", change=str(change_id), error=str(error))
    return told


def sweep(*, now: datetime) -> int:
    """Forget changes that were never consented to and cannot be any more; how many."""
    return PayeeAddress.objects.filter(status=AddressStatus.ASKED, deadline__lt=now).delete()[0]


def check_address(text: str) -> str:
    """The address with its checksum.

    Raises:
        ethereum.BadAddress: Malformed, its checksum is wrong or missing, or zero.
        BadPayoutAddress: Known to lose what is sent there.
    """
    checked = ethereum.address(text)
    if checked != text:
        raise ethereum.BadAddress("Give the address with its checksum (EIP-55), in upper and lower case as shown.")
    if checked.lower() in BURNERS or int(checked, 16) < PRECOMPILES_BELOW:
        raise BadPayoutAddress("Nobody holds the key of this address: what is sent there is burnt.")
    if Distributor.objects.filter(Q(address=checked) | Q(token=checked)).exists():
        raise BadPayoutAddress("This is a contract of the payouts themselves. Give the address of your own wallet.")
    return checked


def _typed_data(distributor: Distributor, contributor_id: bytes, address: str, deadline: datetime) -> dict[str, object]:
    return consent.typed_data(
        chain_id=distributor.chain_id,
        distributor=distributor.address,
        contributor_id=contributor_id,
        address=address,
        nonce=secrets.randbits(NONCE_BITS),
        deadline_s=int(deadline.timestamp()),
    )


def _check_may(person: User, by: User, now: datetime) -> None:
    if by.pk != person.pk:
        check(by, "payout_address.set_for_others")
    elif _in_force(person, now) is None:
        check(by, "payout_address.set")
    else:
        check(by, "payout_address.change")


def _in_force(person: User, now: datetime) -> str | None:
    rows = PayeeAddress.objects.filter(person=person.pk, status=AddressStatus.CONSENTED, effective_at__lte=now)
    return rows.order_by("-effective_at").values_list("address", flat=True).first()


def _of(change_id: UUID, by: User) -> PayeeAddress:
    found = PayeeAddress.objects.filter(Q(person=by.pk) | Q(asked_by=by.pk), id=change_id)
    change = found.select_related("person").first()
    if change is None:
        raise NotFound("There is no such change of a payout address.")
    return change


def _check_open(change: PayeeAddress, now: datetime) -> None:
    if change.status != AddressStatus.ASKED:
        raise ChangeSettled("This consent was used, or the change was cancelled. Ask for a new one.")
    if change.deadline <= now:
        raise ConsentExpired(f"This consent could be given until {change.deadline:%H:%M} UTC. Ask for a new one.")


def _lock(person_id: UUID) -> None:
    """One change of a person at a time."""
    User.objects.select_for_update(no_key=True).get(pk=person_id)


def _move(change: PayeeAddress, to: AddressStatus, **changes: object) -> None:
    assert to in ADDRESS_TRANSITIONS[change.status], f"{change.status} -> {to}"
    change.status = to
    for name, value in changes.items():
        setattr(change, name, value)
    change.save(update_fields=["status", *changes])


@transaction.atomic
def _send_notice(change_id: UUID, now: datetime) -> bool:
    """Whether it was sent here; another worker may be at it. Raises `OSError`."""
    rows = PayeeAddress.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    change = rows.filter(id=change_id, status=AddressStatus.CONSENTED, notice_sent_at__isnull=True).first()
    if change is None:
        return False
    by_operator = change.asked_by_id != change.person_id
    cool_down = OPERATORS_NOTICE if by_operator else timedelta(hours=settings.PAYOUT_ADDRESS_COOL_DOWN_H)
    change.notice_sent_at = now
    change.effective_at = change.effective_at or now + cool_down
    change.save(update_fields=["notice_sent_at", "effective_at"])
    text = NOTICE.format(
        effective_at=change.effective_at,
        address=change.address,
        asked_by=BY_OPERATOR if by_operator else BY_SESSION,
    )
    send_notice(change.person, "Your payout address", text)
    return True
