"""Calls for contributions: written as a draft, opened, closed, funded."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.public import Action, audit, check
from common.errors import InvalidInput
from common.money import MAX_WEI
from curation import policies
from curation.lifecycle import CampaignStatus, EventKind
from curation.models import Campaign
from curation.record.facets import TARGETED, TARGETS
from curation.record.vocabulary import MODALITIES
from curation.selectors.campaigns import readable_campaign
from curation.services import campaign_examples, events, gate_policies, moves

# What contributors rely on once a campaign has opened.
ESSENTIALS = frozenset(
    {
        "required_modalities",
        "license",
        "base_reward_wei",
        "review_fee_wei",
        "reviews_needed",
        "policy_version_id",
        "policy_overrides",
        "coverage_targets",
    }
)
KNOWN_MODALITIES = (*MODALITIES, "video")


class CampaignIncomplete(InvalidInput):
    """It lacks something that every open campaign has."""

    code = "campaign_incomplete"


class BadModality(InvalidInput):
    code = "bad_modality"


class BadCoverageTarget(InvalidInput):
    """A target is for a word that no record can offer, or asks for none."""

    code = "bad_coverage_target"


@transaction.atomic
def create_campaign(*, creator: User, now: datetime, fields: Mapping[str, Any]) -> Campaign:
    """A draft campaign; it keeps the default policy's newest version where it names none.

    Raises:
        BadModality, BadCoverageTarget, BadExample, BadPolicy, NoSuchPolicyVersion: A value is wrong.
    """
    version_id = fields.get("policy_version_id") or gate_policies.default_version(now=now).id
    campaign = Campaign(created_by=creator, created_at=now, **{**fields, "policy_version_id": version_id})
    _check_fields(campaign, fields)
    campaign.save(force_insert=True)
    audit("campaign.created", actor=creator, now=now, about=("campaign", campaign.id), detail={"title": campaign.title})
    return campaign


@transaction.atomic
def edit_campaign(*, campaign_id: UUID, editor: User, changes: Mapping[str, Any], now: datetime) -> Campaign:
    """The changed campaign; what contributors rely on changes only while it is a draft.

    Raises:
        NoSuchCampaign: None that this person may see.
        CampaignNotDraft: An essential would change after opening; `fields` names which.
        NotAllowed: It is another engineer's.
        BadModality, BadCoverageTarget, BadExample, BadPolicy, NoSuchPolicyVersion: A value is wrong.
    """
    campaign = _lock(campaign_id, editor)
    check(editor, Action.CAMPAIGN_EDIT, owner=campaign.created_by_id == editor.id, state=campaign.status)
    changed = {name for name, value in changes.items() if getattr(campaign, name) != value}
    policies.check_campaign_editable(campaign.status, changed, ESSENTIALS)
    for name in changed:
        setattr(campaign, name, changes[name])
    _check_fields(campaign, changed)
    campaign.save(update_fields=sorted(changed))
    if changed:
        detail = {"changed": sorted(changed)}
        audit("campaign.edited", actor=editor, now=now, about=("campaign", campaign.id), detail=detail)
    return campaign


@transaction.atomic
def open_campaign(*, campaign_id: UUID, actor: User, now: datetime) -> Campaign:
    """The campaign, taking contributions from now on.

    Raises:
        CampaignIncomplete: Brief, licence or modalities are missing; `fields` names which.
        WrongStatus, NotInThisState: It is open already.
    """
    campaign = _lock(campaign_id, actor)
    check(actor, Action.CAMPAIGN_OPEN, owner=campaign.created_by_id == actor.id, state=campaign.status)
    required = {
        "brief": campaign.brief.strip(),
        "license": campaign.license,
        "required_modalities": campaign.required_modalities,
    }
    missing = {name: ["Needed before the campaign can open."] for name, value in required.items() if not value}
    if missing:
        raise CampaignIncomplete(f"Still missing: {', '.join(missing)}.", fields=missing)
    changes = {"opened_at": campaign.opened_at or now, "closed_at": None, "pause_reason": "", "counted_from": now}
    return moves.move_campaign(campaign.id, to=CampaignStatus.OPEN, now=now, actor=actor, changes=changes)


@transaction.atomic
def pause_campaign(*, campaign_id: UUID, reason: str, actor: User, now: datetime) -> Campaign:
    """The campaign, taking nothing until it is opened again; whoever has a draft there is told the reason.

    Raises:
        WrongStatus, NotInThisState: It is not open.
    """
    campaign = _lock(campaign_id, actor)
    check(actor, Action.CAMPAIGN_PAUSE, owner=campaign.created_by_id == actor.id, state=campaign.status)
    changes = {"pause_reason": reason}
    return moves.move_campaign(campaign.id, to=CampaignStatus.PAUSED, now=now, actor=actor, changes=changes)


@transaction.atomic
def close_campaign(*, campaign_id: UUID, actor: User, now: datetime) -> Campaign:
    """The campaign, taking nothing new; what was submitted is still judged. Raises `WrongStatus`, `NotInThisState`."""
    campaign = _lock(campaign_id, actor)
    check(actor, Action.CAMPAIGN_CLOSE, owner=campaign.created_by_id == actor.id, state=campaign.status)
    return moves.move_campaign(campaign.id, to=CampaignStatus.CLOSED, now=now, actor=actor, changes={"closed_at": now})


@transaction.atomic
def fund_campaign(*, campaign_id: UUID, actor: User, amount_wei: int, now: datetime) -> Campaign:
    """The campaign with `amount_wei` more committed to it, and the event that the ledger reads.

    Raises:
        InvalidInput: The amount is not positive, or the sum would not fit.
    """
    campaign = _lock(campaign_id, actor)
    if amount_wei <= 0 or campaign.budget_wei + amount_wei > MAX_WEI:
        raise InvalidInput("Give a positive amount.", fields={"amount_wei": ["Give a positive amount."]})
    campaign.budget_wei += amount_wei
    campaign.save(update_fields=["budget_wei"])
    events.record(
        EventKind.CAMPAIGN_FUNDED, at=now, actor=actor, campaign=campaign, detail={"amount_wei": str(amount_wei)}
    )
    return campaign


@transaction.atomic
def change_policy(
    *, campaign_id: UUID, version_id: UUID, overrides: Mapping[str, Any], note: str, actor: User, now: datetime
) -> Campaign:
    """The campaign under another version or other overrides, whatever its state; verdicts that stand stay until they
    are judged again (`rejudging.start`).

    Raises:
        NoSuchCampaign, NoSuchPolicyVersion: There is none.
        BadPolicy: The overrides do not fit the version.
    """
    campaign = _lock(campaign_id, actor)
    before = {"version": str(campaign.policy_version_id or ""), "overrides": campaign.policy_overrides}
    campaign.policy_version_id, campaign.policy_overrides = version_id, dict(overrides)
    _check_policy(campaign)
    campaign.save(update_fields=["policy_version", "policy_overrides"])
    after = {"version": str(version_id), "overrides": campaign.policy_overrides}
    detail = {"before": before, "after": after, "note": note}
    events.record(EventKind.POLICY_CHANGED, at=now, actor=actor, campaign=campaign, detail=detail)
    return campaign


def _lock(campaign_id: UUID, person: User) -> Campaign:
    readable_campaign(person, campaign_id)
    return Campaign.objects.select_for_update(of=("self",)).get(id=campaign_id)


def _check_fields(campaign: Campaign, given: Collection[str]) -> None:
    unknown = [name for name in campaign.required_modalities if name not in KNOWN_MODALITIES]
    if unknown:
        message = f"{', '.join(unknown)}: choose from {', '.join(KNOWN_MODALITIES)}."
        raise BadModality(message, fields={"required_modalities": [message]})
    _check_targets(campaign.coverage_targets)
    if "examples" in given:
        campaign.examples = campaign_examples.checked(campaign)
    if {"policy_version_id", "policy_overrides"} & set(given):
        _check_policy(campaign)


def _check_targets(targets: Mapping[str, int]) -> None:
    unknown = sorted(set(targets) - TARGETS)
    if unknown:
        message = f"{', '.join(unknown)}: name a facet ({', '.join(TARGETED)}) and its word, as in movement=dolly_in."
        raise BadCoverageTarget(message, fields={"coverage_targets": [message]})


def _check_policy(campaign: Campaign) -> None:
    assert campaign.policy_version_id, "a campaign that is written through here has one"
    version = gate_policies.find_version(campaign.policy_version_id)
    gate_policies.parsed(version.rules, campaign.policy_overrides)
