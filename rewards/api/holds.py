"""An operator's holds on what somebody earns."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, find_person, person_of
from rewards.models import Hold
from rewards.services import holds


class HoldInput(serializers.Serializer):
    reason = serializers.CharField(max_length=2_000, help_text="For whoever lifts it; the person does not see it.")


class HoldOutput(serializers.ModelSerializer):
    class Meta:
        model = Hold
        fields = ["id", "person", "reason", "placed_by", "placed_at", "lifted_by", "lifted_at"]


class Holds(APIView):
    permission_classes = [Requires("hold.manage")]

    @extend_schema(responses=HoldOutput(many=True))
    def get(self, request: Request, person_id: UUID) -> Response:
        """The holds there were and are on what a person earns, newest first."""
        return Response(HoldOutput(find_person(person_id).reward_holds.order_by("-id"), many=True).data)

    @extend_schema(request=HoldInput, responses={201: HoldOutput})
    def post(self, request: Request, person_id: UUID) -> Response:
        """Keep back what this person earns from now on, and what they are owed and is in no epoch yet."""
        given = HoldInput(data=request.data)
        given.is_valid(raise_exception=True)
        hold = holds.place(
            person=find_person(person_id), by=person_of(request), now=timezone.now(), **given.validated_data
        )
        return Response(HoldOutput(hold).data, status=status.HTTP_201_CREATED)


class LiftHold(APIView):
    permission_classes = [Requires("hold.manage")]

    @extend_schema(request=None, responses=HoldOutput)
    def post(self, request: Request, person_id: UUID) -> Response:
        """Let go of what was held; it is owed within seconds, unless the person is new."""
        hold = holds.lift(person=find_person(person_id), by=person_of(request), now=timezone.now())
        return Response(HoldOutput(hold).data)
