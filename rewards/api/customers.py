"""Prepaid accounts: their balance and what was charged, payments that an operator books, and royalties."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, find_person, person_of
from common.money import WeiSerializerField
from rewards.models import Charge, Royalty, TopUp
from rewards.selectors.customers import charges_of, customer_account, royalties_of
from rewards.services import customers


class CustomerAccountOutput(serializers.Serializer):
    is_customer = serializers.BooleanField(help_text="Whether anything was ever prepaid; else nothing is charged.")
    balance_wei = WeiSerializerField(help_text="Prepaid and not used.")
    waiting_wei = WeiSerializerField(help_text="Used, and charged as soon as the balance covers it.")


class ChargeOutput(serializers.ModelSerializer):
    run = serializers.UUIDField(source="run_event.run_id", allow_null=True, default=None)
    generation = serializers.UUIDField(source="generation_event.generation_id", allow_null=True, default=None)
    price_wei = WeiSerializerField()
    amount_wei = WeiSerializerField()
    royalty_wei = WeiSerializerField(help_text="Of the amount, for those whose data the model was made from.")

    class Meta:
        model = Charge
        fields = [
            "id",
            "run",
            "generation",
            "version",
            "status",
            "price_wei",
            "amount_wei",
            "royalty_wei",
            "used_at",
            "settled_at",
        ]


class TopUpInput(serializers.Serializer):
    amount_wei = WeiSerializerField(min_value=1)
    reference = serializers.CharField(max_length=80, help_text="Of the payment; booking it again changes nothing.")


class TopUpOutput(serializers.ModelSerializer):
    amount_wei = WeiSerializerField()

    class Meta:
        model = TopUp
        fields = ["id", "customer", "reference", "amount_wei", "booked_by", "booked_at"]


class RoyaltyOutput(serializers.ModelSerializer):
    version = serializers.UUIDField(source="distribution.version_id")
    at = serializers.DateTimeField(source="distribution.at")
    distributed_wei = WeiSerializerField(source="distribution.amount_wei", help_text="To all contributors together.")
    amount_wei = WeiSerializerField()

    class Meta:
        model = Royalty
        fields = ["id", "version", "at", "samples", "weight_bp", "distributed_wei", "amount_wei"]


class OwnCustomerAccount(APIView):
    permission_classes = [Requires("balance.read_own")]

    @extend_schema(responses=CustomerAccountOutput)
    def get(self, request: Request) -> Response:
        """What one has prepaid for runs and generations."""
        return Response(CustomerAccountOutput(customer_account(person_of(request).id)).data)


class OwnCharges(generics.ListAPIView):
    """What one's runs and generations cost, newest first."""

    permission_classes = [Requires("balance.read_own")]
    serializer_class = ChargeOutput

    def get_queryset(self) -> QuerySet[Charge]:
        return charges_of(person_of(self.request).id)


class OwnRoyalties(generics.ListAPIView):
    """What one's data earned by being used, newest first."""

    permission_classes = [Requires("balance.read_own")]
    serializer_class = RoyaltyOutput

    def get_queryset(self) -> QuerySet[Royalty]:
        return royalties_of(person_of(self.request).id)


class TopUps(APIView):
    permission_classes = [Requires("customer.top_up")]

    @extend_schema(request=TopUpInput, responses={201: TopUpOutput})
    def post(self, request: Request, person_id: UUID) -> Response:
        """Book a payment to a person's prepaid account, which the first one opens."""
        given = TopUpInput(data=request.data)
        given.is_valid(raise_exception=True)
        row = customers.top_up(
            customer=find_person(person_id), by=person_of(request), now=timezone.now(), **given.validated_data
        )
        return Response(TopUpOutput(row).data, status=status.HTTP_201_CREATED)
