"""What the models take and refuse, part by part."""

from copy import deepcopy
from typing import Any

import pytest

from curation.record import parse_record
from curation.record.parsing import check_draft
from tests.factories.records import asset_id, blueprint, valid_record


def changed(path: str, value: Any, record: dict[str, Any] | None = None) -> dict[str, Any]:
    """A valid record with one value put in place; `path` is dotted, numbers are positions."""
    record = deepcopy(record or valid_record())
    *steps, last = path.split(".")
    part: Any = record
    for step in steps:
        part = part[int(step)] if step.isdecimal() else part[step]
    part[int(last) if last.isdecimal() else last] = value
    return record


def codes(record: dict[str, Any]) -> set[tuple[str, str]]:
    return {(problem.path, problem.code) for problem in check_draft(record)}


def test_factory_record_has_all_five_modalities():
    assert parse_record(valid_record()).modalities == ("scene", "reference_images", "audio", "camera", "lighting")


def test_blueprint_without_files_is_taken():
    assert parse_record(blueprint()).modalities == ("scene", "lighting")


@pytest.mark.parametrize(
    ("path", "value", "place", "code"),
    [
        ("schema_version", "scene-sample/2.0", "schema_version", "not_in_vocabulary"),
        ("surprise", 1, "surprise", "unknown_key"),
        ("scene.mood", "sad", "scene.mood", "unknown_key"),
        ("quality", {"overall": 1.0}, "quality", "platform_only"),
        ("groups", {}, "groups", "platform_only"),
        ("split", "train", "split", "platform_only"),
        ("rights.revoked_at", "2026-01-31T12:00:00Z", "rights.revoked_at", "platform_only"),
        ("timeline.duration_s", float("nan"), "timeline.duration_s", "not_finite"),
        ("timeline.duration_s", float("inf"), "timeline.duration_s", "not_finite"),
        ("timeline.duration_s", 0.0, "timeline.duration_s", "out_of_range"),
        ("timeline.duration_s", "5", "timeline.duration_s", "wrong_type"),
        ("timeline.duration_s", True, "timeline.duration_s", "wrong_type"),
        ("timeline.num_frames", 130, "timeline.num_frames", "frame_count"),
        ("scene.caption_short", "word " * 61, "scene.caption_short", "too_many_words"),
        ("scene.caption_short", "two\nlines", "scene.caption_short", "not_one_line"),
        ("scene.caption_short", "nul\x00", "scene.caption_short", "not_one_line"),
        ("scene.caption_short", "  ", "scene.caption_short", "empty"),
        ("scene.caption_long", "word " * 79, "scene.caption_long", "word_count"),
        ("scene.caption_long", "word " * 251, "scene.caption_long", "word_count"),
        ("scene.language", "english", "scene.language", "wrong_form"),
        ("scene.shot.size", "huge", "scene.shot.size", "not_in_vocabulary"),
        ("scene.shot", {}, "scene.shot", "empty"),
        ("scene.actions.0.subject", "dog", "scene.actions[0].subject", "unknown_subject"),
        ("scene.actions.0.end_s", 5.1, "scene.actions[0].end_s", "outside_timeline"),
        ("scene.actions.0.end_s", 0.0, "scene.actions[0].end_s", "ends_before_start"),
        ("scene.subjects.1.id", "ball", "scene.subjects[1].id", "duplicate"),
        ("reference_images", [], "reference_images", "too_short"),
        ("reference_images.0.subject", None, "reference_images[0].subject", "missing"),
        ("reference_images.0.asset", "../etc/passwd", "reference_images[0].asset", "not_an_id"),
        ("audio", {}, "audio", "empty"),
        ("audio.in_video", True, "audio.in_video", "silent_clip"),
        ("audio.events.0.offset_s", 9.0, "audio.events[0].offset_s", "outside_timeline"),
        ("audio.events.0.offset_s", 1.0, "audio.events[0].offset_s", "ends_before_start"),
        ("audio.events.0.mid", "footsteps", "audio.events[0].mid", "wrong_form"),
        ("camera.poses.count", 119, "camera.poses.count", "pose_count"),
        ("camera.intrinsics.fx", 900.0, "camera.intrinsics.fx", "out_of_range"),
        ("camera.intrinsics.normalized", False, "camera.intrinsics.normalized", "not_in_vocabulary"),
        ("camera.intrinsics.per_frame", [[0.9, 1.6, 0.5, 0.5]], "camera.intrinsics.per_frame", "pose_count"),
        ("camera.declared.primitives.0.name", "swoosh", "camera.declared.primitives[0].name", "not_in_vocabulary"),
        ("camera.declared.primitives.0.end_s", 7.0, "camera.declared.primitives[0].end_s", "outside_timeline"),
        ("camera", {"source": "authored"}, "camera", "empty"),
        ("lighting", {"static": True, "source": "authored"}, "lighting", "empty"),
        ("lighting.cct_k", 400.0, "lighting.cct_k", "out_of_range"),
        ("lighting.sun.azimuth_deg", 360.0, "lighting.sun.azimuth_deg", "out_of_range"),
        ("lighting.env_map.world_from_env", [1, 0, 0, 0, 1, 0, 0, 0, -1], "lighting.env_map", "not_a_rotation"),
        ("lighting.env_map.world_from_env", [1] * 8, "lighting.env_map.world_from_env[8]", "missing"),
        ("lighting.lights.0.unit", "lm", "lighting.lights[0]", "wrong_unit"),
        ("lighting.lights.0.type", "point", "lighting.lights[0]", "missing"),
        ("lighting.lights.0.direction", [0, 0, 0], "lighting.lights[0]", "out_of_range"),
        ("lighting.keyframes", [{"time_s": 1.0, "cct_k": 3000}], "lighting.static", "static_with_keyframes"),
        ("rights.license", "my own words", "rights.license", "wrong_form"),
        ("provenance.ai_generated", "full", "provenance", "missing"),
        ("provenance.created_at", "2026-01-31T12:00:00", "provenance.created_at", "not_an_instant"),
        ("provenance.source_url", "javascript:alert(1)", "provenance.source_url", "wrong_form"),
    ],
)
def test_wrong_value_is_refused_at_its_place(path: str, value: Any, place: str, code: str):
    record = changed(path, value)
    record["video"]["has_audio"] = False
    assert (place, code) in codes(record)


def test_every_problem_tells_a_fix_in_a_sentence():
    record = changed("timeline.num_frames", 99)
    record["scene"]["actions"][0].update(subject="dog", end_s=60.0)
    problems = check_draft(record)
    assert len(problems) >= 3
    assert all(problem.message.endswith(".") and problem.fix.endswith(".") for problem in problems)


def test_scene_alone_is_not_enough():
    assert ("", "one_modality") in codes(blueprint(lighting=None))


def test_sound_in_a_clip_needs_the_clip():
    assert ("audio.in_video", "no_clip") in codes(changed("audio.in_video", True, valid_record(video=None)))


@pytest.mark.parametrize("frames", [119, 120, 121])
def test_frame_count_may_be_off_by_one_frame(frames: int):
    record = changed("timeline.num_frames", frames)
    record["camera"]["poses"]["count"] = frames
    assert check_draft(record) == []


def test_two_first_frames_are_refused():
    images = [{"asset": asset_id(name), "role": "first_frame"} for name in ("a", "b")]
    assert ("reference_images", "duplicate") in codes(valid_record(reference_images=images))


def test_same_image_twice_in_a_role_is_refused():
    images = [{"asset": asset_id("a"), "role": "style"}] * 2
    assert ("reference_images[1].asset", "duplicate") in codes(valid_record(reference_images=images))


def test_keyframes_have_to_follow_each_other_inside_the_timeline():
    light = {
        "static": False,
        "cct_k": 5000,
        "keyframes": [{"time_s": 2.0, "cct_k": 4000}, {"time_s": 1.0, "cct_k": 3000}, {"time_s": 9.0, "cct_k": 3000}],
        "source": "authored",
    }
    found = codes(valid_record(lighting=light))
    assert ("lighting.keyframes[1].time_s", "not_increasing") in found
    assert ("lighting.keyframes[2].time_s", "outside_timeline") in found


def test_whisper_segments_are_taken_verbatim():
    segment = {
        "id": 0, "seek": 0, "start": 0.5, "end": 2.0, "text": " Mind the step.", "tokens": [50364, 16894],
        "temperature": 0.0, "avg_logprob": -0.31, "compression_ratio": 0.9, "no_speech_prob": 0.02,
        "words": [{"start": 0.5, "end": 0.8, "word": " Mind", "probability": 0.9}],
    }  # fmt: skip
    record = parse_record(changed("audio.speech", [segment]))
    assert record.audio is not None
    assert record.audio.speech[0].text == " Mind the step."


def test_characters_of_unspaced_scripts_count_as_words():
    record = changed("scene.caption_short", "\u7ea2" * 61)
    record["scene"]["language"] = "zh"
    assert ("scene.caption_short", "too_many_words") in codes(record)


def test_turned_environment_maps_are_taken():
    turn = [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, -1.0, 0.0, 0.0]
    assert check_draft(changed("lighting.env_map.world_from_env", turn)) == []


def test_spot_lights_need_both_place_and_direction():
    spot = {"role": "rim", "type": "spot", "position": [0, 2, 0], "intensity": 800.0, "unit": "lm"}
    assert ("lighting.lights[0]", "missing") in codes(changed("lighting.lights", [spot]))
    assert check_draft(changed("lighting.lights", [{**spot, "direction": [0, -1, 0]}])) == []


def test_long_captions_of_the_right_length_are_taken():
    assert check_draft(changed("scene.caption_long", "word " * 80)) == []


def test_derived_movements_lie_in_the_timeline_too():
    derived = {"primitives": [{"name": "pan_left", "confidence": 0.9, "start_s": 0.0, "end_s": 60.0}], "tool": "t"}
    assert ("camera.derived.primitives[0].end_s", "outside_timeline") in codes(changed("camera.derived", derived))


def test_speech_keeps_its_spaces_but_not_line_breaks():
    line = {"start": 0.0, "end": 1.0, "text": "two\nlines"}
    assert ("audio.speech[0].text", "not_one_line") in codes(changed("audio.speech", [line]))


def test_empty_mining_preferences_are_an_empty_stub():
    assert ("rights.training_mining", "too_short") in codes(changed("rights.training_mining", {}))
