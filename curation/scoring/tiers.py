"""Which scorers answer at once, and which behind them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from enum import StrEnum

from curation.scoring.seam import Scorer


class Tier(StrEnum):
    """`MODEL_FREE` needs no model and takes seconds; `MODELS` waits for a worker that has them loaded."""

    MODEL_FREE = "model_free"
    MODELS = "models"


def of_tier(scorers: Iterable[Scorer], tier: str) -> list[Scorer]:
    """Those of the scorers that belong to the tier."""
    from curation.scoring.registry import MODEL_FREE  # it loads decoders: the web process knows the tiers by name

    return [scorer for scorer in scorers if (scorer.name in MODEL_FREE) == (tier == Tier.MODEL_FREE)]


def identity(scorers: Sequence[Scorer]) -> str:
    """SHA-256 of who measures: equal for scorers whose numbers may stand for each other's."""
    who = sorted((scorer.name, asdict(scorer.source)) for scorer in scorers)
    return hashlib.sha256(json.dumps(who, sort_keys=True).encode()).hexdigest()
