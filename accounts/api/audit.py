"""The audit log, for operators: page by page, or as one file."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import AuditEntry
from accounts.requires import Requires
from accounts.selectors import audit_entries
from common.query_params import instant_of, text_of, uuid_of

FILTERS = [
    OpenApiParameter("person", OpenApiTypes.UUID, description="Who did it."),
    OpenApiParameter("kind", description="Such as campaign.opened, or campaign for all of these."),
    OpenApiParameter("object", OpenApiTypes.UUID, description="What it was done to."),
    OpenApiParameter("since", OpenApiTypes.DATETIME),
    OpenApiParameter("until", OpenApiTypes.DATETIME),
]
COLUMNS = ["id", "at", "actor", "actor_email", "kind", "object_kind", "object", "detail"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class AuditOutput(serializers.ModelSerializer[AuditEntry]):
    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    actor_email = serializers.EmailField(source="actor.email", default=None, allow_null=True)
    object = serializers.UUIDField(source="object_id", allow_null=True)
    detail = serializers.DictField()

    class Meta:
        model = AuditEntry
        fields = COLUMNS


class Audit(generics.ListAPIView[AuditEntry]):
    """Who did what, when, on what; newest first."""

    permission_classes = [Requires("audit.read")]
    serializer_class = AuditOutput

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return asked_for(self.request)

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request) -> Response:
        return self.list(request)


class AuditFile(APIView):
    permission_classes = [Requires("audit.read")]

    @extend_schema(parameters=FILTERS, responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR)})
    def get(self, request: Request) -> StreamingHttpResponse:
        """The same entries as one CSV file, newest first; sent while it is read, however long it is."""
        entries = asked_for(request).order_by("-id").iterator(chunk_size=1000)
        response = StreamingHttpResponse(rows_of(entries), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        return response


def asked_for(request: Request) -> QuerySet[AuditEntry]:
    return audit_entries(
        person_id=uuid_of(request, "person"),
        kind=text_of(request, "kind"),
        object_id=uuid_of(request, "object"),
        since=instant_of(request, "since"),
        until=instant_of(request, "until"),
    )


class Line:
    """What `csv` writes to: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def rows_of(entries: Iterator[AuditEntry]) -> Iterator[str]:
    """Lines of CSV. What a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    for entry in entries:
        yield writer.writerow([_cell(value) for value in AuditOutput(entry).data.values()])


def _cell(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
