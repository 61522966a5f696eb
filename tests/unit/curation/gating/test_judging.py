"""Each gate fires on its own value, with its own code, and only then."""

from dataclasses import dataclass
from typing import Any

import pytest

from curation.gating import Calibrations, Outcome, Verdict, default_policy, judge
from curation.gating.shipped import shipped
from tests.factories.records import valid_record

POLICY = default_policy()


@dataclass(frozen=True)
class Stored:
    """A score as a database row would carry it."""

    metric: str
    value: float | None
    part: str = ""
    model_id: str = "any"
    weights_sha256: str = ""
    preprocessing_id: str = ""


REQUIRED = {
    "clip.constant_frame_rate": 1.0,
    "clip.duration_s": 5.0,
    "clip.short_side_px": 1080.0,
    "image.short_side_px": 2000.0,
    "audio.sample_rate_hz": 48_000.0,
    "camera.finite_share": 1.0,
    "scene.words": 20.0,
}


def verdict(metric: str = "", value: float | None = None, model_id: str = "any", **parts: Any) -> Verdict:
    record = {**valid_record(), **parts}
    values = {**REQUIRED, **({metric: value} if metric else {})}
    return judge(POLICY, [Stored(name, number, model_id=model_id) for name, number in values.items()], record)


def codes(found: Verdict) -> list[str]:
    return [finding.code for finding in found.findings]


FIRING = [
    ("record.exact_duplicates", 1, "exact_duplicate", Outcome.REJECT),
    ("record.nearest_similarity", 0.995, "near_duplicate", Outcome.REVIEW),
    ("record.duplicate_image", 0.9, "duplicate_image", Outcome.REVIEW),
    ("record.duplicate_clip", 0.9, "duplicate_clip", Outcome.REVIEW),
    ("record.duplicate_audio", 0.6, "duplicate_audio", Outcome.REVIEW),
    ("record.duplicate_text", 0.85, "duplicate_text", Outcome.REVIEW),
    ("record.duplicate_camera", 0.9, "duplicate_camera", Outcome.REVIEW),
    ("record.duplicate_environment", 0.98, "duplicate_environment", Outcome.REVIEW),
    ("clip.constant_frame_rate", 0, "clip_frame_rate_varies", Outcome.REJECT),
    ("clip.av_offset_s", 0.2, "clip_out_of_sync", Outcome.REJECT),
    ("clip.duration_s", 1.5, "clip_too_short", Outcome.REJECT),
    ("clip.short_side_px", 360, "clip_too_small", Outcome.REJECT),
    ("clip.short_side_px", 600, "clip_too_small", Outcome.REVIEW),
    ("clip.timeline_error_s", 0.5, "clip_timeline_differs", Outcome.REVIEW),
    ("clip.shots", 2, "clip_has_cuts", Outcome.REVIEW),
    ("clip.luminance_mean", 10, "clip_dark_or_bright", Outcome.REVIEW),
    ("clip.luminance_mean", 150, "clip_dark_or_bright", Outcome.REVIEW),
    ("clip.frozen_share", 1, "clip_frozen", Outcome.REVIEW),
    ("clip.static_drift", 0.1, "clip_moves_though_static", Outcome.REVIEW),
    ("clip.declared_move_speed", 0.0005, "clip_stands_though_moving", Outcome.REVIEW),
    ("image.short_side_px", 300, "image_too_small", Outcome.REVIEW),
    ("image.luminance_mean", 5, "image_dark_or_bright", Outcome.REVIEW),
    ("image.brightness_p99", 0.2, "image_dark", Outcome.REVIEW),
    ("image.brightness_p5", 0.97, "image_bright", Outcome.REVIEW),
    ("image.clipped_share", 0.7, "image_clipped", Outcome.REVIEW),
    ("image.colour_spread", 0.5, "image_without_colour", Outcome.REVIEW),
    ("image.jpeg_step", 90, "image_compressed", Outcome.REVIEW),
    ("image.size_px", 14_000, "image_odd_size", Outcome.REVIEW),
    ("image.clip_shape_error", 1.6, "image_shaped_unlike_clip", Outcome.REVIEW),
    ("image.sharpness", 3, "image_blurry", Outcome.REVIEW),
    ("image.noise_sigma", 20, "image_noisy", Outcome.REVIEW),
    ("image.entropy_bits", 1, "image_says_little", Outcome.REVIEW),
    ("image.aspect_ratio", 5, "image_odd_shape", Outcome.REVIEW),
    ("audio.sample_rate_hz", 8_000, "audio_sample_rate_low", Outcome.REJECT),
    ("audio.silence_share", 0.95, "audio_silent", Outcome.REJECT),
    ("audio.lufs", -50, "audio_loudness", Outcome.REVIEW),
    ("audio.lufs", -3, "audio_loudness", Outcome.REVIEW),
    ("audio.clipping_share", 0.01, "audio_clipped", Outcome.REVIEW),
    ("audio.dc_offset", 0.2, "audio_offset", Outcome.REVIEW),
    ("audio.finite_share", 0.99, "audio_not_finite", Outcome.REJECT),
    ("audio.effective_rate_hz", 8_000, "audio_made_from_low_rate", Outcome.REVIEW),
    ("audio.events_heard_share", 0.2, "audio_events_not_heard", Outcome.REVIEW),
    ("camera.finite_share", 0.99, "camera_not_finite", Outcome.REJECT),
    ("camera.orthonormality_error", 0.01, "camera_not_rigid", Outcome.REJECT),
    ("camera.determinant_error", 2, "camera_mirrored", Outcome.REJECT),
    ("camera.time_step_min_s", 0, "camera_times_disorder", Outcome.REJECT),
    ("camera.pose_count_error", -1, "camera_pose_count", Outcome.REJECT),
    ("camera.fx_min", 0.1, "camera_lens_too_wide", Outcome.REVIEW),
    ("camera.fx_max", 6, "camera_lens_too_long", Outcome.REVIEW),
    ("camera.rotation_deg_per_frame_max", 20, "camera_turns_fast", Outcome.REVIEW),
    ("camera.jump_ratio_max", 1.5, "camera_jumps", Outcome.REVIEW),
    ("camera.roll_deg_max", 80, "camera_rolls", Outcome.REVIEW),
    ("camera.declared_f1", 0.3, "camera_movement_differs", Outcome.REVIEW),
    ("camera.focal_error_share", 0.5, "camera_lens_differs", Outcome.REVIEW),
    ("camera.clip_time_error_s", 2, "camera_path_longer_than_clip", Outcome.REVIEW),
    ("camera.path_picture_error", 0.9, "camera_path_not_in_picture", Outcome.REVIEW),
    ("camera.opposed_share", 1, "camera_words_not_in_picture", Outcome.REVIEW),
    ("lighting.picture_side_conflict", 0.2, "lighting_side_not_in_picture", Outcome.REVIEW),
    ("lighting.picture_tint_conflict_mired", 120, "lighting_tint_not_in_picture", Outcome.REVIEW),
    ("lighting.picture_night_luminance", 200, "lighting_night_is_bright", Outcome.REVIEW),
    ("lighting.picture_day_luminance", 10, "lighting_day_is_dark", Outcome.REVIEW),
    ("lighting.map_finite_share", 0.9, "environment_map_not_finite", Outcome.REJECT),
    ("lighting.map_negative_share", 0.1, "environment_map_negative", Outcome.REJECT),
    ("lighting.map_aspect_ratio", 1.5, "environment_map_not_2_1", Outcome.REJECT),
    ("lighting.dynamic_range_stops", 5, "environment_map_flat", Outcome.REVIEW),
    ("lighting.night_sun_elevation_deg", 10, "lighting_sun_at_night", Outcome.REVIEW),
    ("lighting.day_sun_elevation_deg", -10, "lighting_no_sun_by_day", Outcome.REVIEW),
    ("lighting.key_word_error_deg", 90, "lighting_key_word_differs", Outcome.REVIEW),
    ("lighting.sh_error", 0.9, "lighting_harmonics_differ", Outcome.REVIEW),
    ("lighting.contrast_error_stops", 3, "lighting_contrast_differs", Outcome.REVIEW),
    ("lighting.keyframe_overrun_s", 1, "lighting_keyframes_overrun", Outcome.REVIEW),
    ("lighting.key_direction_error_deg", 90, "lighting_key_differs", Outcome.REVIEW),
    ("lighting.cct_error_k", 3000, "lighting_colour_differs", Outcome.REVIEW),
    ("scene.words", 3, "scene_word_count", Outcome.REVIEW),
    ("scene.words", 400, "scene_word_count", Outcome.REVIEW),
    ("scene.contacts_found", 1, "scene_contact_data", Outcome.REVIEW),
    ("scene.slots_missing", 2, "scene_incomplete", Outcome.REVIEW),
    ("scene.language_declared", 0, "scene_language_missing", Outcome.REVIEW),
]
VIT, NANO = "ViT-B-32/laion2b_s34b_b79k", "nano-clip"
CALIBRATED = [
    ("clip.text_alignment", 0.17, VIT, "clip_caption_differs"),
    ("clip.text_alignment", 0.4, NANO, "clip_caption_differs"),
    ("image.same_scene", 0.2, VIT, "image_other_scene"),
    ("image.same_scene", -0.4, NANO, "image_other_scene"),
]
OF_MODELS = [
    ("audio.word_error_rate", 0.6, "whisper-base", "audio_dialogue_differs"),
    ("audio.word_error_rate", 0.6, "whisper-base-openai", "audio_dialogue_differs"),
    ("audio.character_error_rate", 0.6, "whisper-base", "audio_dialogue_differs_by_character"),
    ("audio.dnsmos_ovrl", 2.0, "dnsmos-p835", "audio_speech_poor"),
    ("audio.declared_lines_heard_share", 0.2, "silero-vad-v6", "audio_lines_elsewhere"),
    ("audio.text_alignment", 0.1, "clap:laion/clap-htsat-unfused", "audio_style_differs"),
    ("clip.overlay_text", 2, "rapidocr-ppocrv6-small", "clip_overlay_text"),
    ("image.same_references", 0.3, "ViT-B-32/laion2b_s34b_b79k", "image_unlike_other_references"),
    ("image.aesthetic", 3.0, "laion-aesthetic:sac+logos+ava1-l14-linearMSE", "image_unpleasing"),
    ("clip.unsafe", 0.4, "open-nsfw", "clip_unsafe"),
    ("image.unsafe", 0.4, "open-nsfw", "image_unsafe"),
]
REJECTED_BY_A_MODEL = [
    ("clip.overlay_text_share", 0.4, "rapidocr-ppocrv6-small", "clip_covered_by_text"),
    ("clip.unsafe", 0.6, "open-nsfw", "clip_unsafe"),
    ("image.unsafe", 0.6, "open-nsfw", "image_unsafe"),
]


@pytest.mark.parametrize(("metric", "value", "code", "outcome"), FIRING)
def test_gate_fires_with_its_code_and_its_fix(metric: str, value: float, code: str, outcome: Outcome) -> None:
    found = verdict(metric, value)
    assert codes(found) == [code]
    assert found.outcome == outcome
    [finding] = found.findings
    assert finding.measured == value
    assert finding.asked
    assert finding.fix
    assert "{" not in finding.message + finding.fix


@pytest.mark.parametrize(("metric", "value", "model", "code"), OF_MODELS)
def test_model_scores_ask_for_review_and_only_of_the_model_they_were_set_for(
    metric: str, value: float, model: str, code: str
) -> None:
    found = verdict(metric, value, model_id=model)
    assert (codes(found), found.outcome) == ([code], Outcome.REVIEW)
    assert codes(verdict(metric, value, model_id="nano-clip")) == []


@pytest.mark.parametrize(("metric", "value", "model", "code"), CALIBRATED)
def test_rule_in_probability_holds_for_every_model_that_ships_with_a_curve(
    metric: str, value: float, model: str, code: str
) -> None:
    curves = Calibrations(one.curve for one in shipped())
    [curve] = [curve for curve in curves if (curve.metric, curve.model_id) == (metric, model)]

    def found(value: float, weights_sha256: str) -> Verdict:
        scores = [Stored(name, number) for name, number in REQUIRED.items()]
        measured = Stored(metric, value, "video", model, weights_sha256, curve.preprocessing_id)
        return judge(POLICY, [*scores, measured], valid_record(), curves)

    wrong, right = found(value, curve.weights_sha256), found(0.99, curve.weights_sha256)
    assert (codes(wrong), wrong.outcome) == ([code], Outcome.REVIEW)
    assert wrong.findings[0].probability == curve.probability(value)
    assert codes(right) == []
    if curve.weights_sha256:
        assert codes(found(value, "other weights")) == []


@pytest.mark.parametrize(("metric", "value", "model", "code"), REJECTED_BY_A_MODEL)
def test_only_what_must_not_be_shown_is_rejected_by_a_model_alone(
    metric: str, value: float, model: str, code: str
) -> None:
    found = verdict(metric, value, model_id=model)
    assert (codes(found), found.outcome) == ([code], Outcome.REJECT)


def test_every_rule_of_the_policy_is_shown_to_fire() -> None:
    of_models = {row[3] for row in OF_MODELS + CALIBRATED + REJECTED_BY_A_MODEL}
    assert {rule.id for rule in POLICY.rules} == {row[2] for row in FIRING} | of_models


def test_sound_work_passes_with_full_marks_where_everything_is_good() -> None:
    found = verdict()
    assert (found.outcome, found.findings) == (Outcome.PASS, ())
    assert found.overall == 1
    assert found.policy_sha256 == POLICY.sha256


def test_the_worst_finding_decides_and_comes_first() -> None:
    scores = [Stored(metric, value) for metric, value in {**REQUIRED, "audio.lufs": -50.0}.items()]
    scores.append(Stored("camera.orthonormality_error", 1.0))
    found = judge(POLICY, scores, valid_record())
    assert codes(found) == ["camera_not_rigid", "audio_loudness"]
    assert found.outcome == Outcome.REJECT
    assert found.quality["camera"] == 0
    assert found.overall == 0


def test_declarations_lift_their_gates() -> None:
    low_key = {"lighting": {"tags": {"key_ratio": "low_key"}}}
    assert codes(verdict("clip.luminance_mean", 5, **low_key)) == []
    static = {"camera": {"declared": {"primitives": [{"name": "static"}]}}}
    assert codes(verdict("clip.frozen_share", 1, **static)) == []
    mixed = {"camera": {"declared": {"primitives": [{"name": "static"}, {"name": "pan_left"}]}}}
    assert codes(verdict("clip.frozen_share", 1, **mixed)) == ["clip_frozen"]
    shaky = {"camera": {"declared": {"primitives": [{"name": "static"}], "steadiness": "unsteady"}}}
    assert codes(verdict("clip.static_drift", 0.05, **shaky)) == []
    not_hdr = {"lighting": {"env_map": {"hdr": False}}}
    assert codes(verdict("lighting.dynamic_range_stops", 4, **not_hdr)) == []


def test_what_does_not_apply_neither_helps_nor_harms() -> None:
    assert verdict("audio.lufs", None) == verdict()


def test_modality_that_the_record_lacks_is_not_judged() -> None:
    assert "audio_silent" not in codes(verdict("audio.silence_share", 1, audio=None))
    assert "audio" not in verdict(audio=None).quality


def test_missing_required_measurement_asks_for_review() -> None:
    scores = [Stored(metric, value) for metric, value in REQUIRED.items() if metric != "audio.sample_rate_hz"]
    found = judge(POLICY, scores, valid_record())
    assert [(f.code, f.metric) for f in found.findings] == [("not_measured", "audio.sample_rate_hz")]
    assert found.outcome == Outcome.REVIEW


def test_each_picture_is_judged_on_its_own() -> None:
    scores = [Stored(m, v) for m, v in REQUIRED.items()]
    scores += [Stored("image.sharpness", value, f"reference_images.{n}") for n, value in enumerate((90.0, 2.0))]
    [finding] = judge(POLICY, scores, valid_record()).findings
    assert (finding.code, finding.part) == ("image_blurry", "reference_images.1")


def test_verdict_can_be_stored_as_json() -> None:
    import json

    [stored] = json.loads(json.dumps(verdict("audio.lufs", -50).findings_as_json()))
    assert (stored["code"], stored["outcome"], stored["measured"]) == ("audio_loudness", "review", -50)
