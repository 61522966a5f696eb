"""Claims of one's own, the published epochs, and the operator's hand on publication."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common import storage
from common.errors import NotFound
from common.idempotency import idempotent
from rewards.api.payout_serializers import (
    CancelEpochInput,
    ClaimOutput,
    EpochOutput,
    PayoutsOutput,
    SponsoredOutput,
)
from rewards.lifecycle import EpochStatus
from rewards.models import Epoch
from rewards.selectors import payouts
from rewards.services import cancelling, distributors, epochs, sponsoring


class NoLeaf(NotFound):
    """No tree in force has a leaf of this person's."""

    code = "no_leaf"


class NotPublished(NotFound):
    code = "not_published"


class OwnClaim(APIView):
    """One's own leaf in the tree in force, with its proof and the transaction that claims it."""

    permission_classes = [Requires("claim.read_own")]

    @extend_schema(responses=ClaimOutput)
    def get(self, request: Request) -> Response:
        claim = payouts.claim_of(person_of(request).id)
        if claim is None:
            raise NoLeaf(
                "Nothing of yours is in a published epoch yet. Set a payout address and wait for the next one."
            )
        return Response(ClaimOutput(claim, context={"request": request}).data)


class SponsorClaim(APIView):
    """The platform sends one's claim together with those of others, and pays for it."""

    permission_classes = [Requires("claim.sponsor")]

    @extend_schema(request=None, responses={202: SponsoredOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        claim = sponsoring.ask(
            person_id=person_of(request).id, least_wei=settings.PAYOUT_SPONSOR_LEAST_WEI, now=timezone.now()
        )
        return Response(SponsoredOutput(claim).data, status=status.HTTP_202_ACCEPTED)


class Epochs(generics.ListAPIView[Epoch]):
    """The frozen epochs, newest first."""

    permission_classes = [Requires("epoch.read")]
    serializer_class = EpochOutput

    def get_queryset(self) -> QuerySet[Epoch]:
        return payouts.epochs()


class EpochLeaves(APIView):
    """The published file of an epoch's leaves, for everybody: names in it are random."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @extend_schema(responses={302: OpenApiResponse(description="To the file, JSON lines.")}, auth=[])
    def get(self, request: HttpRequest, epoch_id: UUID) -> HttpResponse:
        found = payouts.epochs().exclude(status=EpochStatus.FROZEN).filter(id=epoch_id).first()
        if found is None:
            raise NotPublished("There is no published epoch with this id.")
        link = storage.read_link(
            found.leaf_file_key, content_type="application/jsonl", filename=f"epoch-{found.number}.jsonl"
        )
        return HttpResponseRedirect(link)


class Payouts(APIView):
    """How publication stands: the epoch on its way, what is to be sent, the newest comparison with the chain."""

    permission_classes = [Requires("payout.read")]

    @extend_schema(responses=PayoutsOutput)
    def get(self, request: Request) -> Response:
        return Response(PayoutsOutput(distributors.in_use(), context={"request": request}).data)


class FreezeEpoch(APIView):
    """All that is owed and can be paid becomes the next epoch, which then goes to the chain by itself."""

    permission_classes = [Requires("payout.manage")]

    @extend_schema(request=None, responses={201: EpochOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        epoch = epochs.freeze(
            addresses=payouts.payout_addresses_of,
            least_wei=settings.PAYOUT_LEAST_WEI,
            now=timezone.now(),
            actor=person_of(request),
        )
        return Response(EpochOutput(epoch, context={"request": request}).data, status=status.HTTP_201_CREATED)


class CancelEpoch(APIView):
    """What an epoch that was never proposed allocated is owed again, and goes into the next one."""

    permission_classes = [Requires("payout.manage")]

    @extend_schema(request=CancelEpochInput, responses=EpochOutput)
    def post(self, request: Request, epoch_id: UUID) -> Response:
        asked = CancelEpochInput(data=request.data)
        asked.is_valid(raise_exception=True)
        epoch = cancelling.cancel_unproposed(
            epoch_id=epoch_id, actor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(EpochOutput(epoch, context={"request": request}).data)


class Reconcile(APIView):
    """The chain worker compares ledger and chain at its next pass; the outcome shows in `GET /payouts`."""

    permission_classes = [Requires("payout.manage")]

    @extend_schema(request=None, responses={202: PayoutsOutput})
    def post(self, request: Request) -> Response:
        distributor = distributors.ask_for_reconciliation(now=timezone.now())
        return Response(PayoutsOutput(distributor, context={"request": request}).data, status=202)


class Resume(APIView):
    """Publication goes on after a pause, once ledger and chain were found to agree."""

    permission_classes = [Requires("payout.manage")]

    @extend_schema(request=None, responses=PayoutsOutput)
    def post(self, request: Request) -> Response:
        distributor = distributors.resume(now=timezone.now(), actor=person_of(request))
        return Response(PayoutsOutput(distributor, context={"request": request}).data)
