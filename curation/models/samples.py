"""Accepted work as it is searched. A projection: whatever it says can be made again from revisions and scores."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pgvector.django import HalfVectorField, HnswIndex

from curation.models.scores import EMBEDDING_WIDTH


class Sample(models.Model):
    """One accepted revision. A row counts only while its submission is accepted and this its current revision."""

    submission = models.OneToOneField("curation.Submission", models.CASCADE, primary_key=True, related_name="sample")
    revision = models.ForeignKey("curation.Revision", models.CASCADE, related_name="+")
    facets = ArrayField(models.CharField(max_length=120), help_text="name=value, such as movement=dolly_in.")
    search = SearchVectorField(help_text="Captions, subjects, sounds and what is said.")
    duration_s = models.FloatField()
    short_side_px = models.IntegerField(null=True, help_text="Of the clip, else of the largest reference image.")
    quality = models.FloatField()
    accepted_at = models.DateTimeField()
    weights_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the model that made the vector.")
    vector = HalfVectorField(dimensions=EMBEDDING_WIDTH, null=True, help_text="Of the clip, else of the first image.")

    class Meta:
        indexes = [
            GinIndex(fields=["facets"], name="sample_by_facet"),
            GinIndex(fields=["search"], name="sample_by_word"),
            HnswIndex(name="sample_nearest", fields=["vector"], opclasses=["halfvec_cosine_ops"]),
            models.Index(fields=["-accepted_at", "-submission"], name="sample_newest"),
        ]
