"""Rejections disputed by their authors."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common.query_params import choice_of
from curation.api.serializers.disputes import (
    DisputeAnswerInput,
    DisputeDetailOutput,
    DisputeInput,
    DisputeOutput,
)
from curation.lifecycle import DisputeStatus
from curation.models import Dispute
from curation.selectors.disputes import dispute_detail, dispute_of, readable_disputes
from curation.services import disputes


class SubmissionDispute(APIView):
    permission_classes = [Requires(GET="submission.read", POST="dispute.open")]

    @extend_schema(responses={200: DisputeOutput, 204: None})
    def get(self, request: Request, submission_id: UUID) -> Response:
        """The newest dispute of this submission; nothing (204) where it was never disputed."""
        found = dispute_of(person_of(request), submission_id)
        if found is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(DisputeOutput(found).data)

    @extend_schema(request=DisputeInput, responses={201: DisputeOutput})
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Dispute its rejection: once, within two weeks; somebody who did not judge it answers."""
        asked = DisputeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        dispute = disputes.open_dispute(
            submission_id=submission_id, author=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(DisputeOutput(dispute).data, status=status.HTTP_201_CREATED)


class Disputes(generics.ListAPIView[Dispute]):
    """Disputes that one may answer, or one's own; newest first."""

    permission_classes = [Requires("dispute.read")]
    serializer_class = DisputeOutput

    def get_queryset(self) -> QuerySet[Dispute]:
        wanted = choice_of(self.request, "status", DisputeStatus.values)
        return readable_disputes(person_of(self.request), status=wanted)

    @extend_schema(parameters=[OpenApiParameter("status", enum=DisputeStatus.values)])
    def get(self, request: Request) -> Response:
        return self.list(request)


class DisputePage(APIView):
    permission_classes = [Requires("dispute.read")]

    @extend_schema(responses=DisputeDetailOutput)
    def get(self, request: Request, dispute_id: UUID) -> Response:
        """One dispute with all that was judged; whose it is is left out."""
        return Response(DisputeDetailOutput(dispute_detail(person_of(request), dispute_id)).data)


class AnswerDispute(APIView):
    permission_classes = [Requires("dispute.answer")]

    @extend_schema(request=DisputeAnswerInput, responses=DisputeOutput)
    def post(self, request: Request, dispute_id: UUID) -> Response:
        """Uphold the rejection, or overturn it, which has the work reviewed again."""
        asked = DisputeAnswerInput(data=request.data)
        asked.is_valid(raise_exception=True)
        dispute = disputes.answer(
            dispute_id=dispute_id, actor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(DisputeOutput(dispute).data)
