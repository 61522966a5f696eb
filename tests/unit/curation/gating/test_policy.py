"""Policies as data: hashed, overridden rule by rule, refused where they contradict themselves."""

import json
from typing import Any

import pytest

from curation.gating import Policy, PolicyInvalid, default_policy

POLICY = default_policy()


def rule_of(policy: Policy, name: str) -> dict[str, Any]:
    [rule] = [rule for rule in policy.as_json()["rules"] if rule["id"] == name]
    return dict(rule)


def test_policy_survives_json_with_its_hash() -> None:
    again = Policy.from_json(json.loads(json.dumps(POLICY.as_json())))
    assert again == POLICY
    assert again.sha256 == POLICY.sha256
    assert len(POLICY.sha256) == 64


def test_override_changes_only_what_it_names_and_the_hash() -> None:
    changed = POLICY.overridden({"clip_too_small": {"reject": 96, "review": 128}})
    assert changed.sha256 != POLICY.sha256
    before, after = rule_of(POLICY, "clip_too_small"), rule_of(changed, "clip_too_small")
    assert (after["reject"], after["review"]) == (96, 128)
    assert {k: v for k, v in after.items() if k not in ("reject", "review")} == {
        k: v for k, v in before.items() if k not in ("reject", "review")
    }
    assert POLICY.overridden({}).sha256 == POLICY.sha256


def test_rule_can_be_switched_off_and_a_bound_removed() -> None:
    changed = POLICY.overridden({"clip_has_cuts": {"enabled": False}, "audio_silent": {"reject": None, "review": 0.9}})
    assert "clip_has_cuts" not in {rule.id for rule in changed.rules}
    assert rule_of(changed, "audio_silent")["reject"] is None


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"no_such_rule": {"review": 1}}, "no_such_rule"),
        ({"clip_too_small": {"review": 100, "reject": 200}}, "clip_too_small"),
        ({"audio_loudness": {"review": 3}}, "audio_loudness"),
        ({"audio_silent": {"reject": None}}, "neither review nor reject"),
        ({"audio_silent": {"message": "hello"}}, "message"),
        ({"audio_silent": {"reject": float("nan")}}, "finite"),
    ],
)
def test_override_that_makes_no_sense_is_refused_by_name(overrides: dict[str, Any], said: str) -> None:
    with pytest.raises(PolicyInvalid, match=said):
        POLICY.overridden(overrides)


def test_rule_ids_are_unique() -> None:
    data = POLICY.as_json()
    data["rules"].append(data["rules"][0])
    with pytest.raises(PolicyInvalid, match="given twice"):
        Policy.from_json(data)


def problems_of(**changes: Any) -> dict[str, list[str]]:
    """What is wrong with the default policy when this is changed in its first rule."""
    data = POLICY.as_json()
    data["rules"][0] |= changes
    with pytest.raises(PolicyInvalid) as refusal:
        Policy.from_json(data)
    return refusal.value.problems


def test_every_problem_is_named_with_its_place_and_the_rules_id() -> None:
    found = problems_of(comparator="beside", metric="Not A Metric", surprise=1)
    assert set(found) == {f"rules.exact_duplicate.{name}" for name in ("comparator", "metric", "surprise")}
    assert all(sentence.endswith(".") for said in found.values() for sentence in said)


@pytest.mark.parametrize(
    "template",
    ["{measured.__class__}", "{0}", "{}", "{measured!r}", "{measured:>999999999}", "{unknown}", "{open", "shut}", ""],
)
def test_template_takes_bare_placeholders_alone(template: str) -> None:
    assert set(problems_of(message=template)) == {"rules.exact_duplicate.message"}


@pytest.mark.parametrize("data", [None, [], "policy", {}, {"rules": "many"}, {"rules": [None, 3, {"id": {}}]}])
def test_what_is_no_policy_at_all_is_refused_without_falling_over(data: Any) -> None:
    with pytest.raises(PolicyInvalid) as refusal:
        Policy.from_json(data)
    assert refusal.value.problems


def test_a_range_that_begins_above_its_end_is_refused() -> None:
    with pytest.raises(PolicyInvalid, match="begins above"):
        POLICY.overridden({"audio_loudness": {"review": [-9.0, -35.0], "good": None}})


def test_numbers_that_canonical_json_cannot_hold_are_refused() -> None:
    data = POLICY.as_json() | {"version": 2**60}
    with pytest.raises(PolicyInvalid, match="version"):
        Policy.from_json(data)
    assert problems_of(unless=[{"path": "a.b", "one_of": [2**60]}])
