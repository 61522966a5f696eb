"""The curves that hold: those that came with the platform, replaced by what operators derived since."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from common.errors import NotFound
from curation.gating import Calibrations, Curve
from curation.gating.shipped import ShippedCalibration, shipped
from curation.models import Calibration

IDENTITY = ("metric", "model_id", "weights_sha256", "preprocessing_id")


class NoSuchCalibration(NotFound):
    code = "calibration_not_found"


class NoDiagram(NotFound):
    code = "no_diagram"


def known() -> Calibrations:
    """The curve that holds for each metric, model, weights and preprocessing, in two queries."""
    store_shipped()
    rows = Calibration.objects.order_by(*IDENTITY, "shipped", "-created_at", "-id").distinct(*IDENTITY)
    return Calibrations(curve_of(row) for row in rows)


def store_shipped() -> None:
    """Give those that came with the platform their rows, under the time they were derived at."""
    hashes = [one.curve.sha256 for one in shipped()]
    stored = set(Calibration.objects.filter(sha256__in=hashes, shipped=True).values_list("sha256", flat=True))
    missing = [_row(one, came_along=True) for one in shipped() if one.curve.sha256 not in stored]
    Calibration.objects.bulk_create(missing, ignore_conflicts=True)


def find(calibration_id: UUID) -> Calibration:
    """Raises `NoSuchCalibration`."""
    row = Calibration.objects.filter(id=calibration_id).first()
    if row is None:
        raise NoSuchCalibration("There is no such calibration.")
    return row


def find_with_diagram(calibration_id: UUID) -> Calibration:
    """Raises `NoSuchCalibration`, `NoDiagram`."""
    row = find(calibration_id)
    if not row.diagram_key:
        raise NoDiagram(f"There is no diagram of {row.source}. Run `manage.py calibrate` to make one.")
    return row


def curve_of(row: Calibration) -> Curve:
    points = tuple((score, chance) for score, chance in row.points)
    return Curve(row.metric, row.model_id, row.weights_sha256, row.preprocessing_id, points)


def store(found: Iterable[ShippedCalibration], *, diagram_keys: Mapping[str, str]) -> list[Calibration]:
    """The rows of newly derived calibrations; from now on they hold.

    Args:
        diagram_keys: Hash of a curve -> where its reliability diagram is stored.
    """
    rows = [_row(one, came_along=False) for one in found]
    for row in rows:
        row.diagram_key = diagram_keys.get(row.sha256, "")
    return Calibration.objects.bulk_create(rows)


def _row(one: ShippedCalibration, *, came_along: bool) -> Calibration:
    return Calibration(
        **{name: getattr(one.curve, name) for name in IDENTITY},
        points=[list(point) for point in one.curve.points],
        sha256=one.curve.sha256,
        method=one.method,
        gates=one.gates,
        figures=dict(one.figures),
        pairs=one.pairs,
        right_pairs=one.right_pairs,
        source=one.source,
        shipped=came_along,
        created_at=one.created_at,
    )
