"""What a clip will cost, told before it is asked for: from what the same model needed for others."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import quantiles
from typing import Any
from uuid import UUID

from accounts.public import User
from common.pricing import price_wei
from generation.engine.spec import Request
from generation.lifecycle import GenerationStatus
from generation.models import Generation
from generation.services.generations import check_wanted

LOOKED_AT = 50
SAME = 3  # as many of the very size and steps are asked for nothing else


@dataclass(frozen=True)
class Estimate:
    """Device seconds and price from low to high (the 10th and 90th percentile); None where nothing was measured yet.

    Attributes:
        measured: Of how many clips.
        basis: `same` of this very size and steps, `scaled` in proportion to steps and length, or `none`.
    """

    measured: int
    basis: str
    seconds_low: float | None = None
    seconds: float | None = None
    seconds_high: float | None = None
    price_low_wei: int | None = None
    price_wei: int | None = None
    price_high_wei: int | None = None


def estimate(
    *, wanted: Mapping[str, Any], model: str, adapter_id: UUID | None, reference_image_id: UUID | None, actor: User
) -> Estimate:
    """What this request would cost. Raises what `generations.request` does; nothing is kept."""
    asked = check_wanted(
        wanted=wanted, model=model, adapter_id=adapter_id, reference_image_id=reference_image_id, actor=actor
    )
    delivered = Generation.objects.filter(model=model, status=GenerationStatus.DELIVERED, device_seconds__gt=0)
    rows = list(delivered.order_by("-id").values_list("request", "device_seconds")[:LOOKED_AT])
    same = [seconds for request, seconds in rows if _key(request) == _key(asked.model_dump(mode="json"))]
    if len(same) >= SAME:
        return _told(same, "same")
    scaled = [seconds * _work(asked) / _work(Request.model_validate(request)) for request, seconds in rows]
    return _told(scaled, "scaled") if scaled else Estimate(0, "none")


def _key(request: Mapping[str, Any]) -> tuple[Any, ...]:
    size = request["size"]
    return size["width"], size["height"], size["duration_s"], request["steps"]


def _work(request: Request) -> float:
    """In proportion to what sampling and decoding do."""
    return request.steps * request.size.duration_s * request.size.width * request.size.height


def _told(seconds: list[float], basis: str) -> Estimate:
    cuts = quantiles(seconds, n=10, method="inclusive") if len(seconds) > 1 else [seconds[0]] * 9
    low, middle, high = (round(cuts[place], 3) for place in (0, 4, 8))
    return Estimate(len(seconds), basis, low, middle, high, price_wei(low), price_wei(middle), price_wei(high))
