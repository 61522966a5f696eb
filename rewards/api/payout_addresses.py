"""Where one's tokens go, and changing it: ask, sign with the new address, wait for the cool-down."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, User, find_person, person_of
from common.ethereum import Rpc
from rewards.api.payout_serializers import AddressChangeOutput, ConsentInput, PayoutAddressInput, PayoutAddressOutput
from rewards.selectors import payouts
from rewards.services import payout_addresses


class OwnPayoutAddress(APIView):
    permission_classes = [Requires("claim.read_own")]

    @extend_schema(responses=PayoutAddressOutput)
    def get(self, request: Request) -> Response:
        """Where one's tokens go now, and the changes there were and are to be, newest first."""
        return Response(PayoutAddressOutput(payouts.payout_standing_of(person_of(request).id, timezone.now())).data)


class AddressChanges(APIView):
    permission_classes = [Requires("payout_address.set")]
    throttle_scope = "wallet"

    @extend_schema(request=PayoutAddressInput, responses={201: AddressChangeOutput})
    def post(self, request: Request) -> Response:
        """Ask to be paid at another address. It signs `typed_data`; a token may only do so for the first address."""
        return _ask(request, person_of(request))


class AddressChangesOfOthers(APIView):
    permission_classes = [Requires("payout_address.set_for_others")]

    @extend_schema(request=PayoutAddressInput, responses={201: AddressChangeOutput})
    def post(self, request: Request, person_id: UUID) -> Response:
        """For who lost their wallet and cannot sign in: in force seven days after the notice to them."""
        return _ask(request, find_person(person_id))


class AddressConsent(APIView):
    permission_classes = [Requires("payout_address.set")]
    throttle_scope = "wallet"

    @extend_schema(request=ConsentInput, responses=AddressChangeOutput)
    def post(self, request: Request, change_id: UUID) -> Response:
        """Hand in the new address's signature. The first is in force at once, others after notice and cool-down."""
        signed = ConsentInput(data=request.data)
        signed.is_valid(raise_exception=True)
        change = payout_addresses.accept_consent(
            change_id=change_id,
            by=person_of(request),
            rpc=Rpc(settings.CHAIN_RPC_URL),
            now=timezone.now(),
            **signed.validated_data,
        )
        return Response(AddressChangeOutput(change).data)


class CancelAddressChange(APIView):
    permission_classes = [Requires("payout_address.cancel")]

    @extend_schema(request=None, responses=AddressChangeOutput)
    def post(self, request: Request, change_id: UUID) -> Response:
        """Cancel a change that is not in force yet; what is paid where stays as it is."""
        change = payout_addresses.cancel(change_id=change_id, by=person_of(request), now=timezone.now())
        return Response(AddressChangeOutput(change).data)


def _ask(request: Request, person: User) -> Response:
    asked = PayoutAddressInput(data=request.data)
    asked.is_valid(raise_exception=True)
    change = payout_addresses.ask(person=person, by=person_of(request), now=timezone.now(), **asked.validated_data)
    return Response(AddressChangeOutput(change).data, status=status.HTTP_201_CREATED)
