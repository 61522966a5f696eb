"""People, for operators: who they are, which roles they hold, whether they may come in."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.requires import Requires, find_person, person_of
from accounts.roles import Role
from accounts.selectors import people_found
from accounts.services import people
from common.query_params import choice_of, text_of

FILTERS = [
    OpenApiParameter("search", description="Part of the address or the name."),
    OpenApiParameter("role", enum=Role.values),
]


class PersonOutput(serializers.ModelSerializer[User]):
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))

    class Meta:
        model = User
        fields = ["id", "email", "display_name", "language", "roles", "is_active", "date_joined", "last_login"]


class PersonInput(serializers.Serializer[Any]):
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices), required=False)
    is_active = serializers.BooleanField(required=False, help_text="Whether they may sign in and use their tokens.")
    reason = serializers.CharField(max_length=500, help_text="For the audit log.")


class People(generics.ListAPIView[User]):
    """Everybody, newest first."""

    permission_classes = [Requires("user.read")]
    serializer_class = PersonOutput

    def get_queryset(self) -> QuerySet[User]:
        wanted = choice_of(self.request, "role", Role.values)
        return people_found(text_of(self.request, "search"), role=wanted)

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request) -> Response:
        return self.list(request)


class Person(APIView):
    permission_classes = [Requires(GET="user.read", PATCH="user.manage")]

    @extend_schema(responses=PersonOutput)
    def get(self, request: Request, person_id: UUID) -> Response:
        return Response(PersonOutput(find_person(person_id)).data)

    @extend_schema(request=PersonInput, responses=PersonOutput)
    def patch(self, request: Request, person_id: UUID) -> Response:
        """Change roles, or whether they may come in; the audit log says who did and why."""
        asked = PersonInput(data=request.data)
        asked.is_valid(raise_exception=True)
        changed = people.change_access(
            person_id=person_id, actor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(PersonOutput(changed).data)
