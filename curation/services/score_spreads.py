"""How the stored scores of one metric lie, as values and as probabilities: by this an operator sets bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from curation.gating.histograms import BINS, Histogram, spanning
from curation.selectors import score_spreads
from curation.selectors.campaigns import readable_campaign
from curation.selectors.score_spreads import Asked, Place
from curation.services import calibrations

FINE = 25 * BINS  # a probability is that of the middle of such a bin


@dataclass(frozen=True)
class Spread:
    """Scores with a value and without one, and where they lie.

    Attributes:
        value: On the metric's own scale; None where nothing is measured yet.
        probability: By the calibration of what measured; None where no model that measured has one.
    """

    metric: str
    scored: int
    without_value: int
    value: Histogram | None = None
    probability: Histogram | None = None


def spread_of(*, metric: str, model: str = "", campaign_id: UUID | None = None, actor: User) -> Spread:
    """Of the current revisions of one campaign or of all, measured by models whose id begins with `model`.

    Raises:
        NoSuchCampaign: None that this person may see.
    """
    if campaign_id is not None:
        readable_campaign(actor, campaign_id)
    asked = Asked(metric, model, campaign_id)
    scored, without_value, low, high = score_spreads.extent(asked)
    if low is None or high is None:
        return Spread(metric, scored, without_value)
    drawn = spanning(low, high, ())
    found = score_spreads.places(asked, low=drawn.low, high=drawn.high, bins=FINE)
    return Spread(metric, scored, without_value, _values(drawn, found), _probabilities(drawn, found))


def _values(drawn: Histogram, found: Sequence[Place]) -> Histogram:
    for one in found:
        if one.place < 1:
            drawn.below += one.scores
        elif one.place > FINE:
            drawn.above += one.scores
        else:
            drawn.counts[(one.place - 1) * BINS // FINE] += one.scores
    return drawn


def _probabilities(drawn: Histogram, found: Sequence[Place]) -> Histogram | None:
    curves, chances, known = calibrations.known(), Histogram(0.0, 1.0), False
    width = (drawn.high - drawn.low) / FINE
    for one in found:
        if curve := curves.curve_for(one):
            known = True
            middle = curve.probability(drawn.low + (one.place - 0.5) * width)
            chances.counts[min(int(middle * BINS), BINS - 1)] += one.scores
        else:
            chances.without_value += one.scores
    return chances if known else None
