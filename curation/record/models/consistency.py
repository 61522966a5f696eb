"""Where parts of a record contradict each other: plain functions from a record to problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from curation.record.problems import Problem
from curation.record.vocabularies.audioset import SOUND_CLASSES, nearest

if TYPE_CHECKING:
    from curation.record.models.sample import Record

# Times written by other tools are rounded: a microsecond past the end is the end.
TIME_SLACK_S = 1e-6
# Looking for the nearest name costs milliseconds: a record with thousands of unknown sounds is told them for a few.
SUGGESTIONS = 5


def find_conflicts(record: Record) -> list[Problem]:
    """All contradictions between parts of a record whose parts are each well formed."""
    return [found for check in CHECKS for found in check(record)]


def _enough_modalities(record: Record) -> Iterator[Problem]:
    if len(record.modalities) < 2:
        yield Problem(
            "",
            "one_modality",
            "The record has a scene and nothing else.",
            "Add at least one of reference_images, audio, camera or lighting.",
        )


def _frames_fit_duration(record: Record) -> Iterator[Problem]:
    line = record.timeline
    expected = line.duration_s * line.fps[0] / line.fps[1]
    if abs(line.num_frames - expected) > 1 + 1e-6:
        yield Problem(
            "timeline.num_frames",
            "frame_count",
            f"{line.num_frames} frames do not fit {line.duration_s:g} s at {line.fps[0]}/{line.fps[1]} fps.",
            f"That makes about {expected:.6g} frames: correct num_frames, duration_s or fps.",
        )


Span = tuple[str, float, float, bool]


def _spans(record: Record) -> Iterator[Span]:
    """Every span of the record: path of its end, start, end, whether it may be an instant."""
    for i, action in enumerate(record.scene.actions):
        yield f"scene.actions[{i}].end_s", action.start_s, action.end_s, False
    yield from _spans_of_audio(record)
    yield from _spans_of_camera(record)


def _spans_of_audio(record: Record) -> Iterator[Span]:
    for i, event in enumerate(record.audio.events if record.audio else ()):
        yield f"audio.events[{i}].offset_s", event.onset_s, event.offset_s, True
    for i, line in enumerate(record.audio.speech if record.audio else ()):
        yield f"audio.speech[{i}].end", line.start, line.end, True
        for j, word in enumerate(line.words or ()):
            yield f"audio.speech[{i}].words[{j}].end", word.start, word.end, True


def _spans_of_camera(record: Record) -> Iterator[Span]:
    camera = record.camera
    for i, move in enumerate(camera.declared.primitives if camera and camera.declared else ()):
        yield f"camera.declared.primitives[{i}].end_s", move.start_s, move.end_s, False
    for i, found in enumerate(camera.derived.primitives if camera and camera.derived else ()):
        if found.start_s is not None and found.end_s is not None:
            yield f"camera.derived.primitives[{i}].end_s", found.start_s, found.end_s, True


def _spans_are_inside(record: Record) -> Iterator[Problem]:
    limit = record.timeline.duration_s
    for path, start, end, instant in _spans(record):
        if end < start or (end == start and not instant):
            yield Problem(
                path,
                "ends_before_start",
                f"It starts at {start:g} s and ends at {end:g} s.",
                "Put the end after the start.",
            )
        if max(start, end) > limit + TIME_SLACK_S:
            yield Problem(
                path,
                "outside_timeline",
                f"It reaches {max(start, end):g} s, but the timeline ends at {limit:g} s.",
                "Keep every time between 0 and timeline.duration_s.",
            )


def _keyframes_are_ordered(record: Record) -> Iterator[Problem]:
    if not record.lighting:
        return
    times = [key.time_s for key in record.lighting.keyframes]
    for i, time_s in enumerate(times):
        path = f"lighting.keyframes[{i}].time_s"
        if time_s > record.timeline.duration_s + TIME_SLACK_S:
            yield Problem(path, "outside_timeline", f"{time_s:g} s lies past the end.", "Keep times in the timeline.")
        if i and time_s <= times[i - 1]:
            yield Problem(path, "not_increasing", f"{time_s:g} s does not follow {times[i - 1]:g} s.", "Sort by time.")
    if record.lighting.static and times:
        yield Problem(
            "lighting.static", "static_with_keyframes", "The light is called static but has keyframes.",
            "Set static to false, or remove the keyframes.",
        )  # fmt: skip


def _map_is_canonical(record: Record) -> Iterator[Problem]:
    env_map = record.lighting.env_map if record.lighting else None
    if env_map and env_map.colorspace != "lin_rec709":
        yield Problem(
            "lighting.env_map.colorspace",
            "not_canonical",
            f"The environment map is said to be in {env_map.colorspace}; a record keeps linear Rec.709.",
            "Convert the map (its colour space is asked there) and name the converted file.",
        )


def _named_subjects(record: Record) -> Iterator[tuple[str, str]]:
    yield from ((f"scene.actions[{i}].subject", action.subject) for i, action in enumerate(record.scene.actions))
    lists: list[tuple[str, Iterable[object]]] = [
        ("reference_images", record.reference_images or ()),
        ("audio.events", record.audio.events if record.audio else ()),
        ("rights.releases", record.rights.releases),
    ]
    for path, items in lists:
        for i, item in enumerate(items):
            if (name := getattr(item, "subject", None)) is not None:
                yield f"{path}[{i}].subject", name


def _subjects_exist(record: Record) -> Iterator[Problem]:
    known: set[str] = set()
    for i, subject in enumerate(record.scene.subjects):
        if subject.id in known:
            yield Problem(
                f"scene.subjects[{i}].id", "duplicate", f"Two subjects are called {subject.id}.", "Rename one."
            )
        known.add(subject.id)
    for path, name in _named_subjects(record):
        if name not in known:
            yield Problem(path, "unknown_subject", f"There is no subject called {name}.", "Add it to scene.subjects.")


def _references_are_told_apart(record: Record) -> Iterator[Problem]:
    images = record.reference_images or ()
    for role in ("first_frame", "last_frame"):
        if sum(image.role == role for image in images) > 1:
            yield Problem(
                "reference_images",
                "duplicate",
                f"More than one image is the {role}.",
                f"Give only one image the role {role}.",
            )
    seen = set()
    for i, image in enumerate(images):
        if image.role == "subject" and image.subject is None:
            yield Problem(
                f"reference_images[{i}].subject", "missing", "An image of a subject does not say of which.",
                "Give the id of one of scene.subjects.",
            )  # fmt: skip
        if (image.asset, image.role, image.subject) in seen:
            yield Problem(f"reference_images[{i}].asset", "duplicate", "The same image is given twice.", "Remove one.")
        seen.add((image.asset, image.role, image.subject))


def _sound_exists(record: Record) -> Iterator[Problem]:
    audio = record.audio
    if audio is None:
        return
    if audio.in_video and record.video is None:
        yield Problem(
            "audio.in_video", "no_clip", "The sound is said to be in the clip, but there is no clip.",
            "Add the clip as video, or set in_video to false.",
        )  # fmt: skip
    if audio.in_video and record.video is not None and record.video.has_audio is False:
        yield Problem(
            "audio.in_video", "silent_clip", "The sound is said to be in the clip, but the clip has no sound track.",
            "Upload the sound on its own, or a clip that carries it.",
        )  # fmt: skip
    told = (audio.style_caption, audio.aspects, audio.labels, audio.events, audio.speech, audio.music)
    if audio.asset is None and not audio.in_video and not any(told):
        yield Problem(
            "audio", "empty", "The audio part holds no sound and no words on it.", "Fill it in, or write null."
        )


def _sounds_are_classes(record: Record) -> Iterator[Problem]:
    audio = record.audio
    if audio is None:
        return
    named = [(f"audio.labels[{i}].mid", label.mid, label.name) for i, label in enumerate(audio.labels)]
    named += [(f"audio.events[{i}].mid", event.mid, event.name) for i, event in enumerate(audio.events) if event.mid]
    unknown = [(path, mid, name) for path, mid, name in named if mid not in SOUND_CLASSES]
    for count, (path, mid, name) in enumerate(unknown):
        near = nearest(name) if count < SUGGESTIONS else []
        told = ", ".join(f"{sound.name} ({sound.mid})" for sound in near)
        yield Problem(
            path,
            "unknown_sound",
            f"There is no class {mid} in the AudioSet ontology.",
            f"The nearest by name: {told}." if told else "Look it up in the vocabulary audioset.",
        )


def _one_pose_per_frame(record: Record) -> Iterator[Problem]:
    camera = record.camera
    if camera is None:
        return
    frames = record.timeline.num_frames
    if camera.poses and camera.poses.count != frames:
        yield Problem(
            "camera.poses.count",
            "pose_count",
            f"The path has {camera.poses.count} poses for {frames} frames.",
            "Give one pose per frame: resample the path to the timeline.",
        )
    rows = camera.intrinsics.per_frame if camera.intrinsics else None
    if rows is not None and len(rows) != frames:
        yield Problem(
            "camera.intrinsics.per_frame",
            "pose_count",
            f"There are {len(rows)} rows for {frames} frames.",
            "Give one row per frame, or leave per_frame out where nothing changes.",
        )


CHECKS: tuple[Callable[[Record], Iterator[Problem]], ...] = (
    _enough_modalities,
    _frames_fit_duration,
    _spans_are_inside,
    _keyframes_are_ordered,
    _map_is_canonical,
    _subjects_exist,
    _references_are_told_apart,
    _sound_exists,
    _sounds_are_classes,
    _one_pose_per_frame,
)
