"""Tables of the curation room: fields, constraints and QuerySet filters; they call nothing."""

from curation.models.assets import Asset
from curation.models.calibrations import Calibration, ScoringHold
from curation.models.campaigns import Campaign, CoverageCount
from curation.models.datasets import Dataset, Export, ExportShard, SplitAssignment, Version, VersionItem
from curation.models.disputes import Dispute
from curation.models.draft_measurements import DraftMeasurement
from curation.models.events import Event, EventFacts
from curation.models.likeness import Copy, Fingerprint, FingerprintPoint
from curation.models.policies import GatePolicy, PolicyVersion, Rejudgement, Ruleset, WhatIf
from curation.models.quizzes import QuizPass, QuizVersion
from curation.models.renditions import Rendition
from curation.models.reviews import Decision, Review
from curation.models.samples import Sample
from curation.models.scores import Embedding, GateOutcome, Score
from curation.models.submissions import Revision, RevisionAsset, Submission
from curation.models.trust import GoldItem, Standing, StandingChange

__all__ = [
    "Asset",
    "Calibration",
    "Campaign",
    "Copy",
    "CoverageCount",
    "Dataset",
    "Decision",
    "Dispute",
    "DraftMeasurement",
    "Embedding",
    "Event",
    "EventFacts",
    "Export",
    "ExportShard",
    "Fingerprint",
    "FingerprintPoint",
    "GateOutcome",
    "GatePolicy",
    "GoldItem",
    "PolicyVersion",
    "QuizPass",
    "QuizVersion",
    "Rejudgement",
    "Rendition",
    "Review",
    "Revision",
    "RevisionAsset",
    "Ruleset",
    "Sample",
    "Score",
    "ScoringHold",
    "SplitAssignment",
    "Standing",
    "StandingChange",
    "Submission",
    "Version",
    "VersionItem",
    "WhatIf",
]
