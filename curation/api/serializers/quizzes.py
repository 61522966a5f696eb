"""Shapes of a campaign's quiz."""

from typing import Any

from rest_framework import serializers

from curation.services.quizzes import MOST_QUESTIONS


class QuestionInput(serializers.Serializer[Any]):
    question = serializers.CharField(max_length=500)
    choices = serializers.ListField(child=serializers.CharField(max_length=300), min_length=2, max_length=6)
    right = serializers.IntegerField(min_value=0, max_value=5, help_text="Place of the right choice, from 0.")
    explanation = serializers.CharField(max_length=1000, help_text="Told after answering.")


class QuizInput(serializers.Serializer[Any]):
    questions: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=QuestionInput(), max_length=MOST_QUESTIONS, help_text="None: no quiz."
    )


class QuestionOutput(serializers.Serializer[Any]):
    """One question; the answer is told to those who may edit the campaign alone."""

    question = serializers.CharField()
    choices = serializers.ListField(child=serializers.CharField())
    right = serializers.IntegerField(allow_null=True)
    explanation = serializers.CharField(allow_null=True)


class QuizOutput(serializers.Serializer[Any]):
    version = serializers.UUIDField()
    number = serializers.IntegerField()
    questions = QuestionOutput(many=True)
    passed_at = serializers.DateTimeField(allow_null=True, help_text="When the asking person passed it.")


class AnswersInput(serializers.Serializer[Any]):
    version = serializers.UUIDField(source="version_id", help_text="Of the questions that are answered.")
    answers = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=5),
        max_length=MOST_QUESTIONS,
        help_text="For each question the place of the choice, from 0.",
    )


class AnswerOutput(serializers.Serializer[Any]):
    right = serializers.BooleanField()
    explanation = serializers.CharField()


class AnsweredOutput(serializers.Serializer[Any]):
    """What came of one attempt; another one may follow at once."""

    passed = serializers.BooleanField()
    results = AnswerOutput(many=True)
