"""Shapes of a person's figures, and of where their data went."""

from typing import Any

from rest_framework import serializers

from curation.api.serializers.trust import StandingOutput


class ByModalityOutput(serializers.Serializer[Any]):
    modality = serializers.CharField()
    decided = serializers.IntegerField()
    accepted = serializers.IntegerField()


class ContributorStatisticsOutput(serializers.Serializer[Any]):
    submissions = serializers.DictField(child=serializers.IntegerField(), help_text="By status.")
    decided = serializers.DictField(child=serializers.IntegerField(), help_text="Decisions by outcome.")
    acceptance_rate = serializers.FloatField(allow_null=True, help_text="0 to 1.")
    by_modality = ByModalityOutput(many=True)
    median_decision_s = serializers.FloatField(allow_null=True, help_text="From submitting to the decision.")
    reasons = serializers.DictField(child=serializers.IntegerField(), help_text="Why not accepted, most often first.")


class ReviewerStatisticsOutput(serializers.Serializer[Any]):
    judgements = serializers.DictField(child=serializers.IntegerField(), help_text="By verdict.")
    agreement = serializers.FloatField(allow_null=True, help_text="With the final decision, 0 to 1.")
    gold_accuracy = serializers.FloatField(allow_null=True, help_text="0 to 1; null before there was enough.")
    median_judgement_s = serializers.FloatField(allow_null=True, help_text="From taking to judging.")
    reasons = serializers.DictField(child=serializers.IntegerField(), help_text="Given, most often first.")


class StatisticsOutput(serializers.Serializer[Any]):
    contributor = ContributorStatisticsOutput()
    reviewer = ReviewerStatisticsOutput()


class PersonStatisticsOutput(StatisticsOutput):
    """The same of anybody, with their standings."""

    standings = StandingOutput(many=True)


class CarriedByOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    profile = serializers.CharField()
    created_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)


class InVersionOutput(serializers.Serializer[Any]):
    version = serializers.UUIDField()
    dataset = serializers.CharField()
    number = serializers.IntegerField()
    split = serializers.CharField()
    revision_number = serializers.IntegerField()
    frozen_at = serializers.DateTimeField(allow_null=True)
    exports = CarriedByOutput(many=True, help_text="Those that carry it; none begun after it was withdrawn.")


class WhereaboutsOutput(serializers.Serializer[Any]):
    """Which models were trained on it: `/submissions/{id}/runs`."""

    withdrawn_at = serializers.DateTimeField(allow_null=True)
    versions = InVersionOutput(many=True)
