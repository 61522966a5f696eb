"""Accepted data, searched and counted."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from curation.api.serializers.samples import (
    ByImageInput,
    CoverageOutput,
    CoverageQuery,
    FilterQuery,
    SampleCountsOutput,
    SampleDetailOutput,
    SamplePageOutput,
    SampleQuery,
)
from curation.selectors import sample_counts, samples
from curation.selectors.sample_filters import SampleFilter
from curation.services import sample_searches


class Samples(APIView):
    permission_classes = [Requires("dataset.read")]
    throttle_scope = "search"

    @extend_schema(operation_id="samples_search", parameters=[SampleQuery], responses=SamplePageOutput)
    def get(self, request: Request) -> Response:
        """Accepted samples by words, by likeness to another one, or the newest; narrowed by facets and limits."""
        asked = SampleQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        found = sample_searches.by_words(
            asked.filter(),
            words=told["q"],
            like=told.get("like"),
            sort=told["sort"],
            cursor=told["cursor"],
            limit=told["page_size"],
        )
        return Response(SamplePageOutput(found).data)


class SamplesByImage(APIView):
    permission_classes = [Requires("dataset.read")]
    throttle_scope = "search"

    @extend_schema(request=ByImageInput, responses=SamplePageOutput)
    def post(self, request: Request) -> Response:
        """The accepted samples that look most like a picture."""
        asked = ByImageInput(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        found = sample_searches.by_image(
            person_of(request),
            told["asset"],
            told.get("filter", {}),
            cursor=told["cursor"],
            limit=told["page_size"],
            now=timezone.now(),
        )
        return Response(SamplePageOutput(found).data)


class SamplePage(APIView):
    permission_classes = [Requires("dataset.read")]

    @extend_schema(responses=SampleDetailOutput)
    def get(self, request: Request, sample_id: UUID) -> Response:
        """One accepted sample with its record, without whose it is."""
        return Response(SampleDetailOutput(samples.sample(sample_id)).data)


class SampleFacets(APIView):
    permission_classes = [Requires("dataset.read")]
    throttle_scope = "search"

    @extend_schema(parameters=[FilterQuery], responses=SampleCountsOutput)
    def get(self, request: Request) -> Response:
        """How many samples the filter finds, by facet and value."""
        asked = FilterQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(SampleCountsOutput(sample_counts.counts(SampleFilter.from_json(asked.filter()))).data)


class SampleCoverage(APIView):
    permission_classes = [Requires("dataset.read")]
    throttle_scope = "search"

    @extend_schema(parameters=[CoverageQuery], responses=CoverageOutput)
    def get(self, request: Request) -> Response:
        """Two facets crossed over the samples that the filter finds, and of which pairs there is least."""
        asked = CoverageQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        x, y = asked.validated_data["x"], asked.validated_data["y"]
        found = sample_counts.coverage(SampleFilter.from_json(asked.filter()), x=x, y=y)
        return Response(CoverageOutput(found).data)
