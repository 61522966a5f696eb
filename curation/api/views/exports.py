"""Exports of a version: asked for, followed, fetched."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common import storage
from common.idempotency import idempotent
from common.pagination import NewestFirst
from curation.api.serializers.datasets import ExportDetailOutput, ExportFileOutput, ExportInput, ExportOutput
from curation.models import Export, ExportShard
from curation.services import exports


class VersionExports(generics.ListAPIView[Export]):
    """Exports of a version, newest first."""

    permission_classes = [Requires(GET="export.read", POST="export.create")]
    serializer_class = ExportOutput
    queryset = Export.objects.all()

    def get_queryset(self) -> QuerySet[Export]:
        return super().get_queryset().filter(version=self.kwargs["version_id"])

    @extend_schema(request=ExportInput, responses={201: ExportDetailOutput})
    @idempotent
    def post(self, request: Request, version_id: UUID) -> Response:
        """Lay a version out for a loader; workers build it shard by shard."""
        asked = ExportInput(data=request.data)
        asked.is_valid(raise_exception=True)
        export = exports.start(
            version_id=version_id,
            profile=asked.validated_data["profile"],
            options=asked.validated_data.get("options", {}),
            actor=person_of(request),
            now=timezone.now(),
        )
        return Response(ExportDetailOutput(export).data, status=status.HTTP_201_CREATED)


class ExportDetail(APIView):
    permission_classes = [Requires("export.read")]

    @extend_schema(responses=ExportDetailOutput)
    def get(self, request: Request, export_id: UUID) -> Response:
        """An export with the progress of its shards."""
        return Response(ExportDetailOutput(exports.find(export_id)).data)


class RetryExport(APIView):
    permission_classes = [Requires("export.create")]

    @extend_schema(request=None, responses=ExportDetailOutput)
    def post(self, request: Request, export_id: UUID) -> Response:
        """Build the failed shards again."""
        return Response(ExportDetailOutput(exports.retry(export_id=export_id)).data)


class ByIndex(NewestFirst):
    ordering = "index"


class ExportFiles(generics.ListAPIView[ExportShard]):
    """The files of an export that are ready, with links valid for five minutes; those of whole shards to a page."""

    permission_classes = [Requires("export.read")]
    serializer_class = ExportFileOutput
    pagination_class = ByIndex
    queryset = ExportShard.objects.all()

    def get_queryset(self) -> QuerySet[ExportShard]:
        return super().get_queryset().filter(export=self.kwargs["export_id"])

    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        export = exports.find(self.kwargs["export_id"])
        shards = self.paginate_queryset(self.get_queryset()) or []
        own = [] if "cursor" in request.query_params else export.files
        files = [*own, *(file for shard in shards for file in shard.files)]
        rows = [{**file, "url": _link(export, file["name"])} for file in files]
        return self.get_paginated_response(ExportFileOutput(rows, many=True).data)


def _link(export: Export, name: str) -> str:
    return storage.read_link(export.prefix + name, content_type="application/octet-stream", filename=name)
