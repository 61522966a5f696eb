"""Uploads: bytes go from the client straight to storage, part by part."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common import storage
from common.idempotency import idempotent
from common.pagination import NewestFirst
from common.query_params import uuids_of
from curation.api.serializers.assets import (
    ArrivedPartsOutput,
    AssetDetailOutput,
    AssetInput,
    AssetLinkOutput,
    AssetOutput,
    ConversionInput,
    PartLinksOutput,
    PartsInput,
)
from curation.models import Asset
from curation.selectors.assets import own_assets, readable_asset
from curation.selectors.renditions import link_for, show_to
from curation.services import conversions, uploads

IDS = OpenApiParameter("ids", description="Only these: UUIDs with commas between, as many as a page may hold.")


class Assets(generics.ListAPIView[Asset]):
    """One's own files, newest first."""

    permission_classes = [Requires(GET="asset.read", POST="asset.upload")]
    throttle_scope = "upload"
    serializer_class = AssetOutput

    def get_queryset(self) -> QuerySet[Asset]:
        own = own_assets(person_of(self.request))
        ids = uuids_of(self.request, "ids", most=NewestFirst.max_page_size)
        return own if ids is None else own.filter(id__in=ids)

    @extend_schema(parameters=[IDS])
    def get(self, request: Request) -> Response:
        """One's own files, newest first."""
        return self.list(request)

    @extend_schema(request=AssetInput, responses={201: AssetOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Announce a file; its parts are then sent to the addresses of `/assets/{id}/parts`."""
        asked = AssetInput(data=request.data)
        asked.is_valid(raise_exception=True)
        asset = uploads.start(
            owner=person_of(request),
            name=asked.validated_data["name"],
            size=asked.validated_data["size"],
            declared_type=asked.validated_data["content_type"],
            now=timezone.now(),
        )
        return Response(AssetOutput(asset).data, status=status.HTTP_201_CREATED)


class AssetDetail(APIView):
    permission_classes = [Requires(GET="asset.read", DELETE="asset.upload")]

    @extend_schema(responses=AssetDetailOutput)
    def get(self, request: Request, asset_id: UUID) -> Response:
        """One file with links to what was made of it."""
        person = person_of(request)
        asset = readable_asset(person, asset_id, now=timezone.now())
        show_to(person, [asset])
        return Response(AssetDetailOutput(asset).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, asset_id: UUID) -> Response:
        """Give up an upload and drop what has arrived of it."""
        uploads.abort(asset_id=asset_id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class AssetParts(APIView):
    permission_classes = [Requires("asset.upload")]
    throttle_scope = "upload"

    @extend_schema(responses=ArrivedPartsOutput)
    def get(self, request: Request, asset_id: UUID) -> Response:
        """The parts that have arrived, so that an interrupted upload goes on."""
        parts = uploads.arrived(asset_id=asset_id, owner=person_of(request))
        return Response(ArrivedPartsOutput({"parts": parts}).data)

    @extend_schema(request=PartsInput, responses=PartLinksOutput)
    def post(self, request: Request, asset_id: UUID) -> Response:
        """Addresses to PUT parts to, each for one part of exactly `part_size` bytes (the last one: what remains)."""
        asked = PartsInput(data=request.data)
        asked.is_valid(raise_exception=True)
        parts = uploads.part_links(asset_id=asset_id, owner=person_of(request), **asked.validated_data)
        return Response(PartLinksOutput({"parts": parts}).data)


class CompleteAsset(APIView):
    permission_classes = [Requires("asset.upload")]

    @extend_schema(request=None, responses=AssetOutput)
    def post(self, request: Request, asset_id: UUID) -> Response:
        """Say that all parts are there; a worker then verifies the file. Repeating it changes nothing."""
        return Response(AssetOutput(uploads.complete(asset_id=asset_id, owner=person_of(request))).data)


class AssetLink(APIView):
    permission_classes = [Requires("asset.read")]

    @extend_schema(responses=AssetLinkOutput)
    def get(self, request: Request, asset_id: UUID) -> Response:
        """A short-lived address: of one's own file, else of what was made of it for others to see."""
        now = timezone.now()
        url = link_for(person_of(request), asset_id, now=now)
        return Response(AssetLinkOutput({"url": url, "expires_at": now + timedelta(seconds=storage.LINK_SECONDS)}).data)


class ConvertAsset(APIView):
    permission_classes = [Requires("asset.upload")]

    @extend_schema(request=ConversionInput, responses={201: AssetOutput})
    @idempotent
    def post(self, request: Request, asset_id: UUID) -> Response:
        """Make the canonical poses of a camera file, or map of a light file, as a new asset that a worker fills."""
        asked = ConversionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        asset = conversions.start(
            asset_id=asset_id, owner=person_of(request), options=asked.validated_data, now=timezone.now()
        )
        return Response(AssetOutput(asset).data, status=status.HTTP_201_CREATED)
