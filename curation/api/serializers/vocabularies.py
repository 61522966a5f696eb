"""Shapes of vocabularies."""

from typing import Any

from rest_framework import serializers

from curation.record.vocabularies import Vocabulary


class SourceOutput(serializers.Serializer[Any]):
    """Whom the words follow."""

    name = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    licence = serializers.CharField()
    changes = serializers.CharField(allow_blank=True)


class LabelsOutput(serializers.Serializer[Any]):
    en = serializers.CharField()
    ar = serializers.CharField(required=False, help_text="Left out where there is none.")


class TermOutput(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="As it stands in a record.")
    labels = LabelsOutput()
    same_as = serializers.ListField(child=serializers.CharField(), help_text="What the sources call it.")
    parents = serializers.ListField(child=serializers.CharField(), help_text="Ids of the broader terms.")
    restrictions = serializers.ListField(child=serializers.CharField(), help_text="abstract, blacklist: AudioSet's.")


class VocabularyLine(serializers.Serializer[Vocabulary]):
    """One line of the list."""

    name = serializers.CharField()
    field = serializers.CharField(help_text="Where in a record these words stand.")
    count = serializers.SerializerMethodField()
    sources = SourceOutput(many=True)

    def get_count(self, vocabulary: Vocabulary) -> int:
        return len(vocabulary.terms)


class VocabularyOutput(VocabularyLine):
    terms = TermOutput(many=True)
