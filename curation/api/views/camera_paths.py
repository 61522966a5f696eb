"""Camera paths: looked at as a few frames, taken away in any format."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from curation.api.serializers.camera_paths import (
    CameraExportInput,
    CameraFormatOutput,
    CameraPreviewOutput,
    WholeCameraPathOutput,
)
from curation.selectors import camera_paths


class CameraPreview(APIView):
    permission_classes = [Requires("asset.read")]

    @extend_schema(responses=CameraPreviewOutput)
    def get(self, request: Request, asset_id: UUID) -> Response:
        """Where the camera stands and looks, at 256 frames at most."""
        found = camera_paths.preview(person_of(request), asset_id, now=timezone.now())
        return Response(CameraPreviewOutput(found).data)


class WholeCameraPath(APIView):
    permission_classes = [Requires("asset.read")]

    @extend_schema(responses=WholeCameraPathOutput)
    def get(self, request: Request, asset_id: UUID) -> Response:
        """Every pose, the intrinsics, where they came from, and what was lost on the way."""
        return Response(camera_paths.whole(person_of(request), asset_id, now=timezone.now()))


class CameraExports(APIView):
    permission_classes = [Requires("asset.read")]

    @extend_schema(responses=CameraFormatOutput(many=True))
    def get(self, request: Request, asset_id: UUID) -> Response:
        """The formats that the path can be had in, each with what would not pass."""
        found = camera_paths.offered_formats(person_of(request), asset_id, now=timezone.now())
        return Response(CameraFormatOutput(found, many=True).data)


class CameraExport(APIView):
    permission_classes = [Requires("asset.read")]

    @extend_schema(parameters=[CameraExportInput], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, asset_id: UUID, name: str) -> HttpResponse:
        """The path in one format; a zip where the format has several files."""
        asked = CameraExportInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        file = camera_paths.export(
            person_of(request), asset_id, format=name, fps=asked.validated_data.get("fps"), now=timezone.now()
        )
        # Never a type that a browser shows: it is made here, and still it is only to be saved.
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(file.content, content_type="application/octet-stream", headers=headers)
