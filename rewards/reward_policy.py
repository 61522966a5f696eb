"""The numbers behind what is paid, in one frozen place: shares, floors, holds, royalties.

The one in force is the default, or the JSON file that `REWARD_POLICY` names; `simulate_rewards` takes the same file.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from django.conf import settings
from pydantic import Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

from common.errors import InvalidInput

ONE_BP = 10_000
Bp = Annotated[int, Field(strict=True, ge=0, le=ONE_BP)]
PARTS = ("scene", "reference_images", "audio", "camera", "lighting")


class BadRewardPolicy(InvalidInput):
    """The file is not a policy: a number is unknown, missing its range, or the shares make more than one."""

    code = "bad_reward_policy"


@dataclass(frozen=True, config={"extra": "forbid"})
class RewardPolicy:
    """Basis points (`_bp`) are of one; 10,000 is all of it.

    Attributes:
        scene_bp, ...: What each part of a record earns of the campaign's base reward; a complete record earns all.
        scarcity_floor_bp: What work still earns that helps to fill no target of its campaign any more.
        trust_floor_bp: What accepted work of somebody with a standing of nothing earns.
        trust_full_bp: The standing from which on trust takes nothing away.
        gold_prior: Right judgements that every reviewer is imagined to have made before the first checked one.
        hold_days: After so many days since their first credit nobody is new; what new people contribute is held.
        hold_acceptances: Nor is who has so many credited contributions.
        royalty_share_bp: Of what a customer pays for a model, what goes to those whose data it was made from.
        royalty_least_wei: A version's royalties are distributed when there are so many base units of them.
    """

    scene_bp: Bp = 2_000
    reference_images_bp: Bp = 2_000
    audio_bp: Bp = 2_000
    camera_bp: Bp = 2_000
    lighting_bp: Bp = 2_000
    scarcity_floor_bp: Bp = 5_000
    trust_floor_bp: Bp = 5_000
    trust_full_bp: Annotated[int, Field(strict=True, ge=1, le=ONE_BP)] = 8_000
    gold_prior: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 4
    hold_days: Annotated[int, Field(strict=True, ge=0, le=365)] = 7
    hold_acceptances: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 3
    royalty_share_bp: Bp = 3_000
    royalty_least_wei: Annotated[int, Field(strict=True, ge=1)] = 10**15

    @model_validator(mode="after")
    def _shares_are_parts_of_one(self) -> Self:
        if sum(self.shares_bp.values()) > ONE_BP:
            raise ValueError(f"the shares of all parts make more than {ONE_BP}")
        return self

    @property
    def shares_bp(self) -> dict[str, int]:
        """Part of a record -> its share of the base."""
        return {part: getattr(self, f"{part}_bp") for part in PARTS}


def from_json(text: str | bytes) -> RewardPolicy:
    """The policy; what it does not name stays as by default. Raises `BadRewardPolicy`."""
    try:
        return TypeAdapter(RewardPolicy).validate_json(text)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise BadRewardPolicy(f"This is no reward policy: {wrong}.") from error


def in_force() -> RewardPolicy:
    """Raises `BadRewardPolicy`, and `OSError` where the file cannot be read."""
    return _of_file(settings.REWARD_POLICY) if settings.REWARD_POLICY else RewardPolicy()


@cache
def _of_file(path: Path) -> RewardPolicy:
    return from_json(path.read_bytes())
