"""Deriving calibrations: pairs are scored, or reviewers' decisions read, and a curve is fitted to each metric.

Runs in a command, never in the web process: it loads models and draws.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from common import storage
from common.errors import DomainError
from curation.gating import Curve
from curation.gating.shipped import ShippedCalibration
from curation.models import Calibration
from curation.reasons import CONCERNS
from curation.scoring import reliability_diagram
from curation.scoring.calibration import Calibration as Fitted
from curation.scoring.calibration import Estimate, ScoreTellsNothing, Targets, TooFewPairs, area_under_curve, calibrate
from curation.scoring.pairs import Pair, ScoredPairs, score_pairs
from curation.scoring.seam import Scorer, Source
from curation.selectors.reviewed_scores import reviewed_scores
from curation.services import calibrations


class NothingToCalibrate(DomainError):
    """No metric has enough pairs."""

    code = "nothing_to_calibrate"


@dataclass(frozen=True, eq=False)
class Derived:
    """A calibration of one metric with its diagram, stored nowhere yet."""

    calibration: ShippedCalibration
    diagram: bytes

    def as_json(self) -> dict[str, Any]:
        """As a file of `curation/gating/calibrations` holds it."""
        one = self.calibration
        return {
            **one.curve.as_json(),
            "method": one.method,
            "gates": one.gates,
            "figures": dict(one.figures),
            "pairs": one.pairs,
            "right_pairs": one.right_pairs,
        }


@dataclass(frozen=True, eq=False)
class Derivation:
    """What was derived, and which metrics were left out and why."""

    found: list[Derived]
    left_out: list[str]


def from_pairs(
    pairs: Iterable[Pair], scorer: Scorer, *, origin: str, metrics: Sequence[str], targets: Targets, now: datetime
) -> Derivation:
    """One calibration of each metric that the pairs are about.

    Args:
        origin: Where the pairs come from, for the record.
        metrics: Only these; empty for all.

    Raises:
        NothingToCalibrate: No metric has enough pairs whose scores tell them apart; the message says why.
        PairsInvalid: A data set of pairs cannot be read.
    """
    scored = {(metric, scorer.source): found for metric, found in score_pairs(pairs, scorer).items()}
    wanted = {key: found for key, found in scored.items() if not metrics or key[0] in metrics}
    return _derived(wanted, origin=origin, targets=targets, now=now)


def from_reviews(model_id: str, *, metrics: Sequence[str], targets: Targets, now: datetime) -> Derivation:
    """One calibration of each metric, weights and preprocessing of this model that reviewers' decisions speak about.

    Raises:
        NothingToCalibrate: No metric has enough decisions that its scores foretell; the message says why.
    """
    found: dict[tuple[str, Source], ScoredPairs] = {}
    for metric in metrics or sorted(CONCERNS):
        if metric not in CONCERNS:
            raise NothingToCalibrate(f"No reason of a reviewer concerns {metric}; there are {', '.join(CONCERNS)}.")
        for one in reviewed_scores(model_id, metric):
            source = Source(model_id, one.weights_sha256, one.preprocessing_id)
            pairs = found.setdefault((metric, source), ScoredPairs())
            pairs.add(one.value, right=one.right, group=str(one.contributor_id))
    return _derived(found, origin="reviews", targets=targets, now=now)


def store(derived: Sequence[Derived]) -> list[Calibration]:
    """The rows, which hold from now on; the diagrams lie in object storage."""
    keys = {}
    for one in derived:
        sha256 = one.calibration.curve.sha256
        keys[sha256] = f"calibrations/{sha256}-{one.calibration.created_at:%Y%m%dT%H%M%S}.png"
        storage.write(keys[sha256], one.diagram, "image/png")
    return calibrations.store([one.calibration for one in derived], diagram_keys=keys)


def _derived(
    scored: dict[tuple[str, Source], ScoredPairs], *, origin: str, targets: Targets, now: datetime
) -> Derivation:
    found: list[Derived] = []
    left_out: list[str] = []
    for (metric, source), pairs in scored.items():
        try:
            fitted = calibrate(pairs.as_pairs(), targets=targets)
        except (TooFewPairs, ScoreTellsNothing) as error:
            left_out.append(f"{metric} ({source.weights_sha256[:12]}): {error}")
            continue
        title = f"{metric} of {source.model_id} ({source.weights_sha256[:12]}), {origin}"
        diagram = reliability_diagram.draw(fitted, pairs, title=title)
        found.append(Derived(_calibration(metric, source, fitted, pairs, origin=origin, now=now), diagram))
    if not found:
        raise NothingToCalibrate(" ".join(left_out) or "There are no pairs that this model measures.")
    return Derivation(found, left_out)


def _calibration(
    metric: str, source: Source, fitted: Fitted, pairs: ScoredPairs, *, origin: str, now: datetime
) -> ShippedCalibration:
    points = {_rounded(score): _rounded(chance) for score, chance in fitted.points}
    figures = {
        "auc": _estimate(fitted.auc),
        "auc_by_kind": {kind: _rounded(_auc(pairs, kind)) for kind in sorted(set(pairs.kinds) - {""})},
        "ece_held_out": _estimate(fitted.ece),
        "log_loss_held_out": _rounded(fitted.log_loss),
        "brier_held_out": _rounded(fitted.brier),
        "bins": [asdict(one) for one in fitted.bins],
        "band": [[_rounded(low), _rounded(high)] for low, high in fitted.band],
    }
    gates = [
        {
            "name": gate.name,
            "target": gate.target,
            "score": _estimate(gate.score),
            "probability": _estimate(gate.probability),
        }
        for gate in fitted.gates
    ]
    curve = Curve(metric, source.model_id, source.weights_sha256, source.preprocessing_id, tuple(points.items()))
    return ShippedCalibration(
        curve, origin, now, fitted.method, gates, figures, pairs=fitted.pairs, right_pairs=fitted.right_pairs
    )


def _auc(pairs: ScoredPairs, kind: str) -> float:
    """Of right pairs against wrong ones of this kind, on the side on which right ones lie."""
    chosen = pairs.only(kind)
    area = area_under_curve(chosen.scores, chosen.right)
    return max(area, 1 - area)


def _estimate(one: Estimate) -> dict[str, float | None]:
    return {name: None if value is None else _rounded(value) for name, value in vars(one).items()}


def _rounded(value: float) -> float:
    return round(value, 6)
