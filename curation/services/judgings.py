"""By which rules a campaign's contributions are judged now: its version, its overrides, the curves that hold."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import rfc8785

from curation.gating import Calibrations, Policy, default_policy
from curation.models import Campaign, PolicyVersion, Ruleset
from curation.services import calibrations
from curation.services.gate_policies import default_version, overridden, parsed

# A change of a campaign's policy waits for verdicts by the old one that are being written, and who reads after the
# change reads the new one: so no verdict by old rules appears behind a re-judgement.
LOCKED = (
    "SELECT id, policy_version_id, policy_overrides FROM curation_campaign WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"
)


@dataclass(frozen=True)
class Judging:
    """All that a verdict depends on beside the scores, and its row."""

    policy: Policy
    calibrations: Calibrations
    ruleset: Ruleset


def policy_of(campaign: Campaign) -> Policy:
    """The campaign's policy with its overrides, as the given row has them; stores nothing. Raises `BadPolicy`."""
    return overridden(rules_of(campaign), campaign.policy_overrides)


def now_for(campaign: Campaign) -> tuple[Policy, Calibrations]:
    """What judges a draft of this campaign now, where no verdict is written. Raises `BadPolicy`."""
    policy = policy_of(campaign)
    return policy, calibrations.known() if policy.calibrated_metrics else Calibrations()


def rules_of(campaign: Campaign) -> Policy:
    """The campaign's version of a policy, without its overrides."""
    return default_policy() if campaign.policy_version_id is None else _published(campaign.policy_version_id)


def judgings_of(campaign_ids: Collection[UUID], *, now: datetime) -> dict[UUID, Judging]:
    """By campaign, as they are at this moment and stay until the transaction ends; ask inside it."""
    rows = list(Campaign.objects.raw(LOCKED, [list(campaign_ids)]))
    policies = {row.id: policy_of(row) for row in rows}
    wanted = {metric for policy in policies.values() for metric in policy.calibrated_metrics}
    curves = calibrations.known() if wanted else Calibrations()
    return {row.id: judging(policies[row.id], curves, row, now=now) for row in rows}


def judging(policy: Policy, curves: Calibrations, campaign: Campaign, *, now: datetime) -> Judging:
    """With the ruleset's row, made where there is none; equal rules of one version share it."""
    used = [curve.sha256 for curve in curves.of(policy.calibrated_metrics)]
    row, _ = Ruleset.objects.get_or_create(
        sha256=hashlib.sha256(rfc8785.dumps({"policy": policy.as_json(), "calibrations": used})).hexdigest(),
        version_id=campaign.policy_version_id or default_version(now=now).id,
        defaults={
            "rules": policy.as_json(),
            "overrides": campaign.policy_overrides,
            "calibrations": used,
            "created_at": now,
        },
    )
    return Judging(policy, curves, row)


@lru_cache(maxsize=64)
def _published(version_id: UUID) -> Policy:
    """Remembered: a version never changes."""
    return parsed(PolicyVersion.objects.values_list("rules", flat=True).get(id=version_id))
