"""Shapes of searching accepted data."""

from typing import Any

from rest_framework import serializers

from curation.api.serializers.datasets import SampleFilterInput
from curation.api.serializers.reviews import MediumOutput
from curation.record.facets import FACETS
from curation.selectors.sample_filters import LIMITS

MOST_AT_ONCE, AT_ONCE = 100, 30


class FilterQuery(serializers.Serializer[Any]):
    """A filter behind the question mark: facets by their names, several values of one as alternatives, and limits."""

    def get_fields(self) -> dict[str, Any]:
        words = {name: serializers.ListField(child=serializers.CharField(), required=False) for name in FACETS}
        limits = {name: serializers.FloatField(required=False) for name in LIMITS}
        return {**super().get_fields(), **words, **limits}

    def filter(self) -> dict[str, Any]:
        """As `SampleFilter.from_json` takes it."""
        asked = self.validated_data
        limits = {name: asked[name] for name in LIMITS if name in asked}
        return {"facets": {name: asked[name] for name in FACETS if asked.get(name)}, **limits}


class SampleQuery(FilterQuery):
    """Words, or a sample to be like; without either the newest come first."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=400, default="", help_text="Words.")
    like = serializers.UUIDField(required=False, help_text="A sample; what looks like it comes first.")
    sort = serializers.ChoiceField(choices=["likeness", "newest"], default="likeness")
    cursor = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")
    page_size = serializers.IntegerField(min_value=1, max_value=MOST_AT_ONCE, default=AT_ONCE)


class CoverageQuery(FilterQuery):
    x = serializers.ChoiceField(choices=list(FACETS), default="movement")
    y = serializers.ChoiceField(choices=list(FACETS), default="light")


class ByImageInput(serializers.Serializer[Any]):
    """An image of one's own, or of accepted work."""

    asset = serializers.UUIDField()
    filter = SampleFilterInput(required=False)
    cursor = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")
    page_size = serializers.IntegerField(min_value=1, max_value=MOST_AT_ONCE, default=AT_ONCE)


class SampleOutput(serializers.Serializer[Any]):
    """One accepted contribution, without whose it is."""

    id = serializers.UUIDField(help_text="Of the submission.")
    revision = serializers.UUIDField(source="revision_id")
    caption = serializers.CharField()
    facets = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    duration_s = serializers.FloatField()
    short_side_px = serializers.IntegerField(allow_null=True)
    quality = serializers.FloatField(help_text="In [0, 1].")
    accepted_at = serializers.DateTimeField()
    likeness = serializers.FloatField(allow_null=True, help_text="Cosine; null where no picture was compared.")
    media = MediumOutput(many=True, help_text="What was made of the files: proxies, posters, previews.")


class SampleDetailOutput(SampleOutput):
    record = serializers.DictField()


class SamplePageOutput(serializers.Serializer[Any]):
    """`next` goes into `cursor` for the following page."""

    results = SampleOutput(many=True)
    next = serializers.CharField(allow_null=True)
    answered_by = serializers.ListField(
        child=serializers.ChoiceField(choices=["words", "likeness", "newest"]),
        help_text="What the order comes from; no likeness while no model answers.",
    )
    note = serializers.CharField(allow_blank=True, help_text="What could not be done, and why.")


class FacetCountOutput(serializers.Serializer[Any]):
    value = serializers.CharField()
    count = serializers.IntegerField()
    duration_s = serializers.FloatField(help_text="Seconds in all.")


class SampleCountsOutput(serializers.Serializer[Any]):
    """By facet the values with their counts, the most frequent first."""

    total = serializers.IntegerField()
    duration_s = serializers.FloatField(help_text="Seconds in all.")
    facets = serializers.DictField(child=FacetCountOutput(many=True))


class CellOutput(serializers.Serializer[Any]):
    x = serializers.CharField()
    y = serializers.CharField()
    count = serializers.IntegerField()


class CoverageOutput(serializers.Serializer[Any]):
    """Two facets crossed; `rarest` are the cells of which there is least."""

    x = serializers.CharField()
    y = serializers.CharField()
    xs = serializers.ListField(child=serializers.CharField())
    ys = serializers.ListField(child=serializers.CharField())
    counts = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()), help_text="[row of ys][column of xs]"
    )
    rarest = CellOutput(many=True)
