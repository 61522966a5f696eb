"""Datasets and their frozen versions."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common import storage
from common.idempotency import idempotent
from curation.api.serializers.datasets import (
    DatasetInput,
    DatasetOutput,
    DifferenceOutput,
    FreezeInput,
    ManifestLinkOutput,
    SelectionPreviewOutput,
    VersionDetailOutput,
    VersionOutput,
)
from curation.models import Dataset, Version
from curation.selectors import frozen
from curation.services import datasets, version_previews, versions


class Datasets(generics.ListAPIView[Dataset]):
    """Datasets, newest first."""

    permission_classes = [Requires(GET="dataset.read", POST="dataset.create")]
    serializer_class = DatasetOutput
    queryset = Dataset.objects.all()

    @extend_schema(request=DatasetInput, responses={201: DatasetOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a line of versions."""
        asked = DatasetInput(data=request.data)
        asked.is_valid(raise_exception=True)
        dataset = datasets.create(actor=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(DatasetOutput(dataset).data, status=status.HTTP_201_CREATED)


class DatasetVersions(generics.ListAPIView[Version]):
    """Versions of a dataset, newest first."""

    permission_classes = [Requires(GET="version.read", POST="version.freeze")]
    serializer_class = VersionOutput
    queryset = Version.objects.all()

    def get_queryset(self) -> QuerySet[Version]:
        return super().get_queryset().filter(dataset=self.kwargs["dataset_id"])

    @extend_schema(request=FreezeInput, responses={201: VersionOutput})
    @idempotent
    def post(self, request: Request, dataset_id: UUID) -> Response:
        """Freeze what is accepted now; a worker builds the version."""
        asked = FreezeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        selection = asked.validated_data.get("selection", {})
        version = versions.freeze(
            dataset_id=dataset_id, selection=selection, actor=person_of(request), now=timezone.now()
        )
        return Response(VersionOutput(version).data, status=status.HTTP_201_CREATED)


class PreviewVersion(APIView):
    permission_classes = [Requires("version.freeze")]
    throttle_scope = "search"

    @extend_schema(request=FreezeInput, responses=SelectionPreviewOutput)
    def post(self, request: Request, dataset_id: UUID) -> Response:
        """How many samples a version frozen now would hold, in which splits, and what is left out and why."""
        asked = FreezeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        found = version_previews.preview(dataset_id=dataset_id, selection=asked.validated_data.get("selection", {}))
        return Response(SelectionPreviewOutput(found).data)


class VersionDetail(APIView):
    permission_classes = [Requires("version.read")]

    @extend_schema(responses=VersionDetailOutput)
    def get(self, request: Request, version_id: UUID) -> Response:
        """A version, and how many of its samples were withdrawn since."""
        version = versions.find(version_id)
        withdrawn = len(frozen.withdrawn_positions(version.id))
        return Response(VersionDetailOutput(version, context={"withdrawn": withdrawn}).data)


class VersionManifest(APIView):
    permission_classes = [Requires("version.read")]

    @extend_schema(responses=ManifestLinkOutput)
    def get(self, request: Request, version_id: UUID) -> Response:
        """A link to the manifest, valid for five minutes."""
        version = versions.ready(version_id)
        link = {
            "url": storage.read_link(
                version.manifest_key,
                content_type="application/gzip",
                filename=f"{version.dataset.name}-{version.number}.jsonl.gz",
            ),
            "expires_at": timezone.now() + timedelta(seconds=storage.LINK_SECONDS),
            "merkle_root": version.merkle_root,
            "lines": version.item_count,
        }
        return Response(ManifestLinkOutput(link).data)


class DifferenceQuery(serializers.Serializer):
    after = serializers.UUIDField(required=False)


class VersionDifference(APIView):
    permission_classes = [Requires("version.read")]

    @extend_schema(parameters=[OpenApiParameter("after", UUID)], responses=DifferenceOutput)
    def get(self, request: Request, version_id: UUID, other_id: UUID) -> Response:
        """What was added, removed and changed from the first version to the other."""
        asked = DifferenceQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        one, other = versions.ready(version_id), versions.ready(other_id)
        return Response(DifferenceOutput(frozen.difference(one, other, **asked.validated_data)).data)
