"""What one is told, in the app; and by which way."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.notification_serializers import (
    NotificationOutput,
    NotificationSettingInput,
    NotificationSettingOutput,
    UnreadOutput,
)
from accounts.models import Notification
from accounts.requires import Requires, person_of
from accounts.selectors import notifications_of, settings_of
from accounts.services import notifications
from common.etags import etagged
from common.query_params import flag_of


class Notifications(generics.ListAPIView[Notification]):
    """What one was told, newest first, in one's own language."""

    permission_classes = [Requires("notification.read_own")]
    serializer_class = NotificationOutput

    def get_queryset(self) -> QuerySet[Notification]:
        return notifications_of(person_of(self.request), unread=flag_of(self.request, "unread"))

    @extend_schema(parameters=[OpenApiParameter("unread", OpenApiTypes.BOOL, description="Only what is unread.")])
    def get(self, request: Request) -> Response:
        return self.list(request)


class Unread(APIView):
    permission_classes = [Requires("notification.read_own")]

    @extend_schema(responses=UnreadOutput)
    def get(self, request: Request) -> Response:
        """How many are unread; poll it with its ETag."""
        return etagged(request, {"unread": notifications_of(person_of(request), unread=True).count()})


class ReadNotification(APIView):
    permission_classes = [Requires("notification.change_own")]

    @extend_schema(request=None, responses=NotificationOutput)
    def post(self, request: Request, notification_id: UUID) -> Response:
        """Mark it read; once more changes nothing."""
        person = person_of(request)
        read = notifications.mark_read(notification_id=notification_id, person=person, now=timezone.now())
        return Response(NotificationOutput(read, context={"request": request}).data)


class ReadAll(APIView):
    permission_classes = [Requires("notification.change_own")]

    @extend_schema(request=None, responses=UnreadOutput)
    def post(self, request: Request) -> Response:
        """Mark all of them read."""
        notifications.mark_all_read(person=person_of(request), now=timezone.now())
        return Response({"unread": 0})


class NotificationSettings(APIView):
    permission_classes = [Requires(GET="notification.read_own", PATCH="notification.change_own")]

    @extend_schema(responses=NotificationSettingOutput(many=True))
    def get(self, request: Request) -> Response:
        """By which way one is told of each kind."""
        return Response(NotificationSettingOutput(settings_of(person_of(request)), many=True).data)

    @extend_schema(request=NotificationSettingInput, responses=NotificationSettingOutput(many=True))
    def patch(self, request: Request) -> Response:
        """Be told of one kind by another way from now on."""
        asked = NotificationSettingInput(data=request.data)
        asked.is_valid(raise_exception=True)
        notifications.choose_channel(person=person_of(request), **asked.validated_data)
        return Response(NotificationSettingOutput(settings_of(person_of(request)), many=True).data)
