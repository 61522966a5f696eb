"""The primer of a campaign: a few questions whose answers are in its brief, and who answered them all."""

from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7


class QuizVersion(models.Model):
    """The questions of a campaign as they were set once; `Campaign.quiz` names those that are asked now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("curation.Campaign", models.PROTECT, related_name="quiz_versions")
    number = models.PositiveIntegerField()
    questions = models.JSONField(help_text="[{question, choices: [text], right: place of one, explanation}]")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="quiz_version_once")]
        triggers = APPEND_ONLY


class QuizPass(models.Model):
    """A person who answered every question of one version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(QuizVersion, models.PROTECT, related_name="passes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    passed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="quiz_passed_once")]
        triggers = APPEND_ONLY
