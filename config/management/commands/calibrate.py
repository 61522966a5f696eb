"""`manage.py calibrate`: from scores to probabilities, so that a model can be put in another's place.

Here and not in curation, because the studio's pairs come from `pretraining`, which curation knows nothing of.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from common.errors import DomainError

CONFIGURED = "configured"
STUDIO, REVIEWS = "studio", "reviews"
PAIRS_HELP = "studio: scenes rendered now; reviews: what reviewers decided; or a JSON Lines file of pairs"


class Command(BaseCommand):
    help = "Derive curves from score to probability, gate points and a reliability diagram for a model, and store them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "model", help=f"{CONFIGURED}, nano-clip, NAME/TAG of open_clip, a folder; with reviews a model id as scored"
        )
        parser.add_argument("--pairs", default=STUDIO, help=PAIRS_HELP)
        parser.add_argument("--metric", action="append", default=[], dest="metrics", help="only this; may be repeated")
        parser.add_argument("--scenes", type=int, default=600, help="of the studio")
        parser.add_argument("--review-recall", type=float, default=0.95, help="share of right pairs that pass")
        parser.add_argument("--precision", type=float, default=0.98, help="of the reject and the good point")
        parser.add_argument("--write", type=Path, metavar="FILE", help="write a file to ship instead of storing")
        parser.add_argument("--diagrams", type=Path, metavar="FOLDER", help="also write the diagrams here")

    def handle(self, *args: object, **options: Any) -> None:
        from curation.scoring.calibration import Targets
        from curation.services import calibrating

        now = timezone.now().replace(microsecond=0)
        targets = Targets(options["review_recall"], options["precision"], options["precision"])
        try:
            derived = _derive(options, targets, now)
            if options["write"]:
                options["write"].write_text(_document(derived.found, options, now))
            else:
                calibrating.store(derived.found)
        except DomainError as error:
            raise CommandError(error.message) from error
        for one in derived.found if options["diagrams"] else ():
            (options["diagrams"] / f"{one.calibration.curve.metric}.png").write_bytes(one.diagram)
        for why in derived.left_out:
            self.stderr.write(f"left out: {why}")
        console = Console(width=120)
        with console.capture() as shown:
            console.print(_table(derived.found))
        self.stdout.write(shown.get())


def _derive(options: dict[str, Any], targets: Any, now: datetime) -> Any:
    from curation.scoring.clip_model import ClipModel
    from curation.scoring.clip_scorer import ClipScorer
    from curation.scoring.clip_weights import ClipNotFound
    from curation.scoring.pairs import PairsInvalid
    from curation.services import calibrating

    asked = {"metrics": options["metrics"], "targets": targets, "now": now}
    try:
        if options["pairs"] == REVIEWS:
            named = options["model"] if options["model"] != CONFIGURED else _choice(CONFIGURED).model_id
            return calibrating.from_reviews(named, **asked)
        scorer = ClipScorer(ClipModel(_choice(options["model"]), device=settings.DEVICE))
        origin = STUDIO if options["pairs"] == STUDIO else Path(options["pairs"]).name
        return calibrating.from_pairs(_pairs(options), scorer, origin=origin, **asked)
    except (ClipNotFound, PairsInvalid, OSError) as error:
        raise CommandError(str(error)) from error


def _choice(model: str) -> Any:
    """The image-text model of this name. Raises `ClipNotFound`."""
    from curation.scoring.clip_weights import BUNDLED_MODEL_ID, choose

    bundled = settings.WEIGHTS / BUNDLED_MODEL_ID
    if model == CONFIGURED:
        return choose(settings.CLIP_MODEL, settings.CLIP_PRETRAINED, bundled=bundled)
    if model == BUNDLED_MODEL_ID:
        return choose("", "", bundled=bundled)
    if Path(model).is_dir() or model.startswith("hf-hub:"):
        return choose(model, "", bundled=bundled)
    return choose(*model.rpartition("/")[::2], bundled=bundled)


def _pairs(options: dict[str, Any]) -> Iterator[Any]:
    if options["pairs"] != STUDIO:
        from curation.scoring.pairs import read_pairs

        return read_pairs(Path(options["pairs"]))
    if options["scenes"] < 2:
        raise CommandError("--scenes must be at least 2: false words come from another scene.")
    from pretraining.calibration_pairs import studio_pairs

    return studio_pairs(options["scenes"])


def _document(found: list[Any], options: dict[str, Any], now: datetime) -> str:
    command = f"manage.py calibrate {options['model']} --pairs {options['pairs']} --scenes {options['scenes']}"
    document = {
        "about": f"Written by `{command}`.",
        "licence": "Apache-2.0, as the rest of the project",
        "source": found[0].calibration.source,
        "created_at": now.isoformat(),
        "curves": [one.as_json() for one in found],
    }
    return json.dumps(document, indent=1) + "\n"


def _table(found: list[Any]) -> Table:
    """Figures of held-out pairs; gate points as scores, with their probability."""
    table = Table("metric", "pairs", "method", "AUC", "ECE", "review at", "reject below", "good from")
    for one in (derived.calibration for derived in found):
        gates = {gate["name"]: gate for gate in one.gates}
        points = (_told(gates[name]["score"], gates[name]["probability"]) for name in ("review", "reject", "good"))
        auc, ece = one.figures["auc"], one.figures["ece_held_out"]
        figures = (f"{figure['value']:.3f}" for figure in (auc, ece))
        table.add_row(one.curve.metric, str(one.pairs), one.method, *figures, *points)
    return table


def _told(score: dict[str, float | None], chance: dict[str, float | None]) -> str:
    if score["value"] is None or chance["value"] is None:
        return "not reached"
    return f"{score['value']:.3f} ({chance['value']:.2f})"
