"""Where people's tokens go."""

from datetime import datetime

from django.db.models import Q
from eth_utils import is_checksum_address

from accounts.public import User
from common.errors import DomainError, InvalidInput
from rewards.models import Distributor, PayoutAddress

NOBODY = "0x" + 40 * "0"


class BadPayoutAddress(InvalidInput):
    """Tokens sent there would be lost."""

    code = "bad_payout_address"


class PayoutAddressSet(DomainError):
    """There is one already, and whoever holds a session may not turn the earnings elsewhere."""

    code = "payout_address_set"


def set_address(*, person: User, address: str, now: datetime) -> PayoutAddress:
    """The person's payout address; giving the same one again changes nothing.

    Raises:
        BadPayoutAddress: It is malformed, nobody's, or a contract of the payouts themselves.
        PayoutAddressSet: Another one is set.
    """
    _check(address)
    row, made = PayoutAddress.objects.get_or_create(person=person, defaults={"address": address, "set_at": now})
    if not made and row.address != address:
        raise PayoutAddressSet(f"Your earnings go to {row.address}. Ask an operator to change that.")
    return row


def _check(address: str) -> None:
    if not is_checksum_address(address):
        raise BadPayoutAddress("Give 0x and 40 digits with the checksum that wallets show (EIP-55).")
    ours = Distributor.objects.filter(Q(address=address) | Q(token=address))
    if address == NOBODY or ours.exists():
        raise BadPayoutAddress("Tokens sent to this address would be lost. Give the address of your own wallet.")
