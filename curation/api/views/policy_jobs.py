"""What another policy would change, and judging again by the ones that hold."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common.idempotency import idempotent
from curation.api.serializers.policies import RejudgementInput, RejudgementOutput, WhatIfInput, WhatIfOutput
from curation.lifecycle import BuildStatus
from curation.models import Rejudgement
from curation.selectors.campaigns import readable_campaign
from curation.services import rejudging, what_ifs


class AskWhatIf(APIView):
    permission_classes = [Requires("policy.manage")]

    @extend_schema(request=WhatIfInput, responses={200: WhatIfOutput, 202: WhatIfOutput})
    def post(self, request: Request) -> Response:
        """What the candidate would change; nothing is changed. 202 where a worker goes on with a long answer."""
        asked = WhatIfInput(data=request.data)
        asked.is_valid(raise_exception=True)
        row = what_ifs.ask(actor=person_of(request), now=timezone.now(), **asked.validated_data)
        ready = row.status == BuildStatus.READY
        return Response(WhatIfOutput(row).data, status=status.HTTP_200_OK if ready else status.HTTP_202_ACCEPTED)


class WhatIfDetail(APIView):
    permission_classes = [Requires("policy.manage")]

    @extend_schema(responses=WhatIfOutput)
    def get(self, request: Request, what_if_id: UUID) -> Response:
        """A question with its progress or its answer."""
        return Response(WhatIfOutput(what_ifs.find(what_if_id)).data)


class Rejudgements(generics.ListAPIView[Rejudgement]):
    """Re-judgements, newest first."""

    permission_classes = [Requires("policy.manage")]
    serializer_class = RejudgementOutput

    def get_queryset(self) -> QuerySet[Rejudgement]:
        return Rejudgement.objects.all()

    @extend_schema(request=RejudgementInput, responses={201: RejudgementOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Judge stored scores again by the policies as they are now; no model is run."""
        asked = RejudgementInput(data=request.data)
        asked.is_valid(raise_exception=True)
        campaign_id = asked.validated_data.pop("campaign")
        if campaign_id is not None:
            readable_campaign(person_of(request), campaign_id)
        job = rejudging.start(
            campaign_id=campaign_id, actor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(RejudgementOutput(job).data, status=status.HTTP_201_CREATED)


class RejudgementDetail(APIView):
    permission_classes = [Requires("policy.manage")]

    @extend_schema(responses=RejudgementOutput)
    def get(self, request: Request, rejudgement_id: UUID) -> Response:
        """A re-judgement with its progress and what came of it."""
        return Response(RejudgementOutput(rejudging.find(rejudgement_id)).data)
