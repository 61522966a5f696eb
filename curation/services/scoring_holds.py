"""Whether the scoring queue may go on: a model whose scores are judged as probabilities needs a calibration first.

While it is held nothing is claimed and nothing is lost: submissions wait in their status.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import structlog
from django.conf import settings
from django.db import transaction

from common.errors import DomainError
from curation.gating import Calibrations, Policy
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign, ScoringHold
from curation.scoring.seam import Scorer
from curation.services import calibrations, judgings

log = structlog.get_logger(__name__)


class ScorerNotCalibrated(DomainError):
    """A gate asks for a probability that nobody can tell from this model's scores."""

    code = "scorer_not_calibrated"


@dataclass(frozen=True)
class Uncalibrated:
    """A metric as one model measures it, and the gate that asks for its probability."""

    metric: str
    model_id: str
    weights_sha256: str
    preprocessing_id: str
    rule: str

    @property
    def error(self) -> ScorerNotCalibrated:
        """Named, with the command that helps."""
        return ScorerNotCalibrated(
            f"{self.metric} of {self.model_id} (weights {self.weights_sha256[:12]}, {self.preprocessing_id}) has no "
            f"calibration, but the gate {self.rule} asks for a probability. Run `python manage.py calibrate configured "
            f"--metric {self.metric} --pairs FILE` on pairs of your own (or `--pairs reviews`), or set "
            "SCORE_UNCALIBRATED=true to score without this gate."
        )


def refresh(using: Sequence[Scorer], *, now: datetime) -> bool:
    """Whether the queue is held for want of a calibration; what holds it is written down for operators, and taken away
    again once it is there."""
    campaigns = Campaign.objects.filter(submissions__status=SubmissionStatus.SUBMITTED).distinct()
    waiting = list(campaigns.only("id", "policy_version_id", "policy_overrides"))
    if not waiting:
        ScoringHold.objects.all().delete()  # nothing stands still
        return False
    missing = list(uncalibrated(using, {policy.sha256: policy for policy in map(judgings.policy_of, waiting)}.values()))
    for one in missing:
        _say_once(one.error.code, one.error.message)
    held = [] if settings.SCORE_UNCALIBRATED else missing
    _write(held, now)
    return bool(held)


def uncalibrated(using: Iterable[Scorer], policies: Collection[Policy]) -> Iterator[Uncalibrated]:
    """What these scorers measure, some rule judges as a probability, and no curve covers.

    Reads the weights' hash of the scorers concerned alone, and loads none.
    """
    rules = [rule for policy in policies for rule in policy.rules if rule.calibrated]
    wanted = {rule.metric for rule in rules}
    concerned = [scorer for scorer in using if wanted & set(scorer.metrics)]
    curves = calibrations.known() if concerned else Calibrations()
    seen = set()
    for scorer in concerned:
        source = scorer.source
        for rule in rules:
            if rule.metric not in scorer.metrics or not source.model_id.startswith(rule.model) or rule.metric in seen:
                continue
            found = Uncalibrated(
                rule.metric, source.model_id, source.weights_sha256, source.preprocessing_id, rule.id
            )  # fmt: skip
            if curves.curve_for(found) is None:
                seen.add(rule.metric)
                yield found


@transaction.atomic
def _write(held: Collection[Uncalibrated], now: datetime) -> None:
    names = ("metric", "model_id", "weights_sha256", "preprocessing_id")
    standing = {tuple(getattr(row, name) for name in names): row for row in ScoringHold.objects.all()}
    wanted = {tuple(getattr(one, name) for name in names): one for one in held}
    gone = [row.id for key, row in standing.items() if key not in wanted]
    if gone:
        ScoringHold.objects.filter(id__in=gone).delete()
    ScoringHold.objects.bulk_create(
        [
            ScoringHold(**dict(zip(names, key, strict=True)), message=one.error.message, since=now)
            for key, one in wanted.items()
            if key not in standing
        ],
        ignore_conflicts=True,
    )


@cache
def _say_once(code: str, message: str) -> None:
    """A worker polls every few seconds; its log says this when it starts and when it changes."""
    log.error(code, message=message, held=not settings.SCORE_UNCALIBRATED)
