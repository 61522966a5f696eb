"""Gate policies: written as drafts, published as versions that never change, chosen by campaigns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.public import audit
from common.errors import DomainError, InvalidInput, NotFound
from curation.gating import Policy, PolicyInvalid, default_policy
from curation.models import GatePolicy, PolicyVersion

DEFAULT = "default"
SHIPPED_NOTE = "Came with the platform."


class BadPolicy(InvalidInput):
    """The rules, or overrides of them, are none that can judge; `fields` says where."""

    code = "bad_policy"


class NoSuchPolicy(NotFound):
    code = "policy_not_found"


class NoSuchPolicyVersion(NotFound):
    code = "policy_version_not_found"


class PolicyNameTaken(DomainError):
    code = "policy_name_taken"


class PolicyIsShipped(DomainError):
    """The default policy is the platform's own: its versions come with releases."""

    code = "policy_is_shipped"


class NothingChanged(DomainError):
    """The draft says what the newest version says."""

    code = "nothing_changed"


@dataclass(frozen=True)
class DraftReport:
    """A stored draft and what stands in the way of publishing it.

    Attributes:
        problems: Place in the rules -> what is wrong there; publishing is refused while there are any.
        warnings: What may be meant, but is worth a second look.
    """

    policy: GatePolicy
    problems: Mapping[str, list[str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def default_version(*, now: datetime) -> PolicyVersion:
    """The newest version of the platform's own policy; stored by whoever asks first after a release changed it."""
    policy, _ = GatePolicy.objects.get_or_create(
        name=DEFAULT, defaults={"description": SHIPPED_NOTE, "created_at": now}
    )
    shipped = default_policy()
    found = policy.versions.filter(sha256=shipped.sha256).order_by("-number").first()
    return found or _publish(policy, shipped, note=SHIPPED_NOTE, author=None, now=now)


def create_policy(
    *, name: str, description: str = "", base: UUID | None = None, author: User, now: datetime
) -> GatePolicy:
    """A named policy whose draft is a copy of a version, of the default's where none is named; nothing is published.

    Raises:
        PolicyNameTaken: Another policy has this name.
        NoSuchPolicyVersion: There is none to start from.
    """
    rules = (find_version(base) if base else default_version(now=now)).rules
    try:
        with transaction.atomic():
            return GatePolicy.objects.create(
                name=name, description=description, draft=rules, created_by=author, created_at=now
            )
    except IntegrityError as error:
        message = "Another policy has this name."
        raise PolicyNameTaken(message, fields={"name": [message]}) from error


def save_draft(*, policy_id: UUID, rules: Any) -> DraftReport:
    """The policy with another draft, right or wrong, and what is wrong with it.

    Raises:
        NoSuchPolicy: There is none.
        PolicyIsShipped: It is the default.
    """
    with transaction.atomic():
        policy = _lock_own(policy_id)
        policy.draft = rules
        policy.save(update_fields=["draft"])
    return report_on(policy)


def report_on(policy: GatePolicy) -> DraftReport:
    """What is wrong or doubtful about the policy's draft."""
    try:
        parsed = Policy.from_json(policy.draft)
    except PolicyInvalid as error:
        return DraftReport(policy, error.problems)
    return DraftReport(policy, warnings=_warnings(parsed))


def publish(*, policy_id: UUID, note: str, author: User, now: datetime) -> PolicyVersion:
    """The draft as the policy's next version. Nothing is judged by it until a campaign chooses it.

    Raises:
        NoSuchPolicy: There is none.
        PolicyIsShipped: It is the default.
        BadPolicy: The draft is none that can judge; `fields` says where.
        NothingChanged: It equals the newest version.
    """
    with transaction.atomic():
        policy = _lock_own(policy_id)
        rules = parsed(policy.draft)
        newest = policy.versions.order_by("-number").first()
        if newest and newest.sha256 == rules.sha256:
            raise NothingChanged(f"The draft says what version {newest.number} says. Change a rule first.")
        version = _publish(policy, rules, note=note, author=author, now=now)
        detail = {"number": version.number, "note": note}
        audit("policy.published", actor=author, now=now, about=("policy", policy.id), detail=detail)
        return version


def find(policy_id: UUID) -> GatePolicy:
    """Raises `NoSuchPolicy`."""
    policy = GatePolicy.objects.filter(id=policy_id).first()
    if policy is None:
        raise NoSuchPolicy("There is no such policy.")
    return policy


def find_version(version_id: UUID) -> PolicyVersion:
    """Raises `NoSuchPolicyVersion`."""
    version = PolicyVersion.objects.select_related("policy").filter(id=version_id).first()
    if version is None:
        raise NoSuchPolicyVersion("There is no such version of a policy.")
    return version


def parsed(rules: Any, overrides: Mapping[str, Any] | None = None) -> Policy:
    """The policy of stored rules with some overridden. Raises `BadPolicy`, saying where."""
    try:
        policy = Policy.from_json(rules)
    except PolicyInvalid as error:
        raise BadPolicy(f"These rules cannot judge. {error}"[:1000], fields=error.problems) from error
    return overridden(policy, overrides or {})


def overridden(policy: Policy, overrides: Any) -> Policy:
    """The policy with a campaign's overrides. Raises `BadPolicy`, saying which override is wrong."""
    if not isinstance(overrides, Mapping):
        raise BadPolicy("Overrides are a JSON object.", fields={"policy_overrides": ["Give an object."]})
    try:
        return policy.overridden(overrides) if overrides else policy
    except PolicyInvalid as error:
        fields = {f"policy_overrides.{place}": said for place, said in error.problems.items()}
        raise BadPolicy(str(error)[:1000], fields=fields) from error


def _publish(policy: GatePolicy, rules: Policy, *, note: str, author: User | None, now: datetime) -> PolicyVersion:
    """The next number, under the policy's lock; of two that ship the same at once, one is stored."""
    with transaction.atomic():
        GatePolicy.objects.select_for_update().get(id=policy.id)
        newest = policy.versions.order_by("-number").first()
        if newest and newest.sha256 == rules.sha256:
            return newest
        return PolicyVersion.objects.create(
            policy=policy,
            number=newest.number + 1 if newest else 1,
            rules=rules.as_json(),
            sha256=rules.sha256,
            note=note,
            author=author,
            created_at=now,
        )


def _lock_own(policy_id: UUID) -> GatePolicy:
    find(policy_id)
    policy = GatePolicy.objects.select_for_update(of=("self",)).get(id=policy_id)
    if policy.name == DEFAULT:
        raise PolicyIsShipped("The default policy comes with the platform. Start one of your own from it.")
    return policy


def _warnings(policy: Policy) -> list[str]:
    known = {rule.metric for rule in default_policy().rules}
    strange = sorted({rule.metric for rule in policy.rules} - known)
    gone = sorted(
        {rule.id for rule in default_policy().rules if rule.reject is not None} - {r.id for r in policy.rules}
    )
    return [
        *(f"No rule of the default policy judges {metric}: check that a scorer measures it." for metric in strange),
        *(f"{name}, which rejects in the default policy, is missing." for name in gone),
    ]
