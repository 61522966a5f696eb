"""Two policies side by side, and what of a stored verdict their difference can touch."""

from curation.gating import Calibrations, Curve, Policy, default_policy
from curation.gating.comparing import Change, difference, touched_metrics

POLICY = default_policy()


def changed(**weights: float) -> Policy:
    stricter = POLICY.overridden({"clip_too_short": {"reject": 4.0}, "audio_silent": {"enabled": False}})
    return Policy(version=2, rules=stricter.rules, weights={**POLICY.weights, **weights})


def test_difference_names_every_change_with_before_and_after() -> None:
    found = difference(POLICY, changed(audio=3.0))
    assert (found.added, found.removed) == ((), ("audio_silent",))
    assert found.changed == {"clip_too_short": (Change("reject", 2.0, 4.0),)}
    assert found.weights == {"audio": (1.0, 3.0)}
    assert difference(changed(), POLICY).added == ("audio_silent",)


def test_policy_does_not_differ_from_itself() -> None:
    assert not difference(POLICY, Policy.from_json(POLICY.as_json()))


def test_only_metrics_of_rules_that_differ_are_touched() -> None:
    touched = touched_metrics(POLICY, changed(), calibrated_before=[], calibrations=Calibrations())
    assert touched == {"clip.duration_s", "audio.silence_share"}


def test_other_curves_touch_the_metrics_judged_by_curves() -> None:
    rule = {
        "id": "fits", "metric": "clip.fit", "modality": "video", "comparator": "below", "review": 0.5,
        "calibrated": True, "message": "m", "fix": "f",
    }  # fmt: skip
    policy = Policy.from_json({"version": 1, "rules": [rule], "weights": {"video": 1}})
    curve = Curve("clip.fit", "m", "", "", ((0, 0), (1, 1)))
    known = Calibrations([curve, Curve("clip.other", "m", "", "", ((0, 0), (1, 1)))])
    assert touched_metrics(policy, policy, calibrated_before=[curve.sha256], calibrations=known) == set()
    assert touched_metrics(policy, policy, calibrated_before=[], calibrations=known) == {"clip.fit"}
