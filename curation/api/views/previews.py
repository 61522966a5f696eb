"""Answers to editors at every change: nothing is stored, and no model runs."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from curation.api.serializers.previews import (
    AuthoredPathInput,
    AuthoredPathOutput,
    DraftCaptionInput,
    DraftCaptionOutput,
    LightPreviewInput,
    LightPreviewOutput,
    PathInput,
    ToldPathOutput,
)
from curation.selectors import previews


class ComposeCaption(APIView):
    permission_classes = [Requires("asset.upload")]
    throttle_scope = "preview"

    @extend_schema(request=DraftCaptionInput, responses=DraftCaptionOutput)
    def post(self, request: Request) -> Response:
        """The captions of a record that is still being written, in every language."""
        asked = DraftCaptionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(DraftCaptionOutput(previews.compose(asked.validated_data["record"])).data)


class DescribeCamera(APIView):
    permission_classes = [Requires("asset.upload")]
    throttle_scope = "preview"

    @extend_schema(request=PathInput, responses=ToldPathOutput)
    def post(self, request: Request) -> Response:
        """The movements of a path, how it is held, and its sentence in a caption."""
        asked = PathInput(data=request.data)
        asked.is_valid(raise_exception=True)
        path = asked.posed() or previews.author(asked.validated_data["key_frames"], **asked.clock()).path
        told = previews.describe(path, scene_depth_m=asked.validated_data["scene_depth_m"])
        return Response(ToldPathOutput(told).data)


class ResampleCamera(APIView):
    permission_classes = [Requires("asset.upload")]
    throttle_scope = "preview"

    @extend_schema(request=AuthoredPathInput, responses=AuthoredPathOutput)
    def post(self, request: Request) -> Response:
        """The pose of every frame between key frames, and the file of them to upload."""
        asked = AuthoredPathInput(data=request.data)
        asked.is_valid(raise_exception=True)
        made = previews.author(asked.validated_data["key_frames"], **asked.clock())
        return Response(made.as_json() | {"fps": asked.validated_data["fps"]})


class PreviewLight(APIView):
    permission_classes = [Requires("asset.upload")]
    throttle_scope = "preview"

    @extend_schema(request=LightPreviewInput, responses=LightPreviewOutput)
    def post(self, request: Request) -> Response:
        """A record's lighting as a lit sphere needs it: harmonics, lamps, the key's direction, colour temperatures."""
        asked = LightPreviewInput(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        found = previews.light(
            person_of(request), told["lighting"], c2w=told["camera_pose"], at=told["at"], now=timezone.now()
        )
        return Response(LightPreviewOutput(found).data)
