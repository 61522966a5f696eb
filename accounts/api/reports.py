"""Reports of abuse: one's own, and the operators' queue."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.lifecycle import ReportStatus
from accounts.models import AbuseReport
from accounts.models.reports import ReportReason, ReportSubject
from accounts.requires import Requires, person_of
from accounts.selectors import readable_reports
from accounts.services import reports
from common.idempotency import idempotent
from common.query_params import choice_of


class ReportInput(serializers.Serializer[Any]):
    subject_kind = serializers.ChoiceField(choices=ReportSubject.choices)
    subject = serializers.UUIDField(source="subject_id")
    reason = serializers.ChoiceField(choices=ReportReason.choices)
    text = serializers.CharField(max_length=4000)
    evidence = serializers.CharField(max_length=4000, allow_blank=True, default="", help_text="Addresses and the like.")


class ReportAnswerInput(serializers.Serializer[Any]):
    upheld = serializers.BooleanField(help_text="Something was done about it.")
    answer = serializers.CharField(max_length=4000, help_text="What the reporter is told.")


class ReportOutput(serializers.ModelSerializer[AbuseReport]):
    subject = serializers.UUIDField(source="subject_id")
    reporter = serializers.UUIDField(source="reporter_id")

    class Meta:
        model = AbuseReport
        fields = [
            "id", "subject_kind", "subject", "reason", "text", "evidence", "status", "answer", "reporter",
            "reported_at", "answered_at",
        ]  # fmt: skip


class Reports(generics.ListAPIView[AbuseReport]):
    """One's own reports; for operators everybody's. Newest first."""

    permission_classes = [Requires(GET="report.read", POST="report.create")]
    serializer_class = ReportOutput
    throttle_scope = "report"

    def get_queryset(self) -> QuerySet[AbuseReport]:
        return readable_reports(
            person_of(self.request), status=choice_of(self.request, "status", ReportStatus.values)
        )  # fmt: skip

    @extend_schema(parameters=[OpenApiParameter("status", enum=ReportStatus.values)])
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(request=ReportInput, responses={201: ReportOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Tell the operators of something that should not be here; the answer comes as a notification."""
        asked = ReportInput(data=request.data)
        asked.is_valid(raise_exception=True)
        made = reports.report(reporter=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(ReportOutput(made).data, status=status.HTTP_201_CREATED)


class AnswerReport(APIView):
    permission_classes = [Requires("report.answer")]

    @extend_schema(request=ReportAnswerInput, responses=ReportOutput)
    def post(self, request: Request, report_id: UUID) -> Response:
        """Say what was done, or that nothing was wrong; the reporter is told."""
        asked = ReportAnswerInput(data=request.data)
        asked.is_valid(raise_exception=True)
        answered = reports.answer(
            report_id=report_id, actor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(ReportOutput(answered).data)
