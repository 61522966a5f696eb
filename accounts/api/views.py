"""One's own profile and tokens."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import MeInput, MeOutput, NewTokenOutput, TokenInput, TokenOutput
from accounts.models import ApiToken
from accounts.requires import Requires, person_of
from accounts.services import people, tokens


class Me(APIView):
    """Who is asking."""

    @extend_schema(responses=MeOutput)
    def get(self, request: Request) -> Response:
        return Response(MeOutput(person_of(request)).data)

    @extend_schema(request=MeInput, responses=MeOutput)
    def patch(self, request: Request) -> Response:
        change = MeInput(data=request.data)
        change.is_valid(raise_exception=True)
        person = people.update_profile(person=person_of(request), **change.validated_data)
        return Response(MeOutput(person).data)


class Tokens(generics.ListAPIView[ApiToken]):
    """One's own API tokens, newest first."""

    serializer_class = TokenOutput

    def get_queryset(self) -> QuerySet[ApiToken]:
        return ApiToken.objects.filter(person=self.request.user.pk, revoked_at__isnull=True)

    @extend_schema(request=TokenInput, responses={201: NewTokenOutput})
    def post(self, request: Request) -> Response:
        """Make a token. No `Idempotency-Key` here: replaying the answer would mean keeping the token in the clear."""
        asked = TokenInput(data=request.data)
        asked.is_valid(raise_exception=True)
        token, secret = tokens.create(person=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(TokenOutput(token).data | {"token": secret}, status=status.HTTP_201_CREATED)


class Token(APIView):
    permission_classes = [Requires("token.revoke")]

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke a token; programs that use it are refused from now on."""
        tokens.revoke(person=person_of(request), token_id=token_id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
