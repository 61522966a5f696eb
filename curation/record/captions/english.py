"""The record in English sentences; the words of the vocabularies are `vocabularies/en.json`."""

from collections.abc import Iterator, Mapping

from curation.record.captions import facts
from curation.record.captions.facts import Step
from curation.record.models import Audio, Lens, Lighting, Record, SoundEvent, Sun
from curation.record.vocabularies import phrases

SPOKEN: Mapping[str, Mapping[str, str]] = phrases("en")
WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
JOINTS = {"first": "", "while": " while it ", "then": ", then "}


def action(record: Record) -> Iterator[str]:
    """The short caption, then the actions that it does not tell already."""
    yield record.scene.caption_short
    names = {subject.id: subject.name for subject in record.scene.subjects}
    for untold in facts.untold_actions(record):
        when = f"At {untold.start_s:.1f} seconds, " if untold.start_s > 0 else ""
        yield f"{when}{definite(names[untold.subject])} {untold.verb}"


def subjects(record: Record) -> Iterator[str]:
    told = []
    for subject in record.scene.subjects:
        details = [subject.description] if subject.description else []
        if subject.count > 1:
            details.append(f"{subject.count} of them")
        told.append(f"{subject.name} ({', '.join(details)})" if details else subject.name)
    if told:
        yield f"Subjects: {'; '.join(told)}"


def setting(record: Record) -> Iterator[str]:
    where = record.scene.setting
    if where is None:
        return
    told = [
        where.place,
        {True: "indoors", False: "outdoors", None: None}[where.interior],
        SPOKEN["time_of_day"].get(where.time_of_day or ""),
        SPOKEN["weather"].get(where.weather or ""),
    ]
    if present := [phrase for phrase in told if phrase]:
        yield f"Setting: {', '.join(present)}"


def shot(record: Record) -> Iterator[str]:
    scene = record.scene
    if framed := scene.shot:
        size = SPOKEN["shot_size"][framed.size] if framed.size else "Shot"
        opening = f"{size} {SPOKEN['camera_angle'][framed.angle]}" if framed.angle else size
        rest = [SPOKEN["framing"].get(framed.framing or ""), SPOKEN["lens_look"].get(framed.lens or "")]
        rest += [SPOKEN["composition"][word] for word in framed.composition]
        yield ", ".join([opening, *(phrase for phrase in rest if phrase)])
    if record.camera and record.camera.lens and (lens := _lens(record.camera.lens)):
        yield lens
    if scene.style:
        yield f"Style: {', '.join(scene.style)}"
    if texts := [f'"{text}"' for text in scene.text_on_screen]:
        yield f"On-screen text reads {listed(texts)}"


def _lens(lens: Lens) -> str | None:
    focal = f"at {lens.focal_mm:.0f} mm" if lens.focal_mm else None
    stop = f"at f/{lens.f_number:g}" if lens.f_number else None
    told = [phrase for phrase in (focal, stop) if phrase]
    return f"Filmed {' '.join(told)}" if told else None


def camera(record: Record) -> Iterator[str]:
    if record.camera is None:
        return
    held = SPOKEN["steadiness"].get(facts.steadiness(record.camera) or "")
    if steps := facts.camera_steps(record.camera):
        yield f"The camera {_moves(steps)}{f', {held}' if held else ''}"
    elif held:
        yield f"The camera is held {held}"


def _moves(steps: list[Step]) -> str:
    moves = [" ".join([*_speed(step), SPOKEN["camera_primitive"][step.name]]) for step in steps]
    if any(step.joint == "and" for step in steps):
        return listed(moves)
    return "".join(JOINTS[step.joint] + move for step, move in zip(steps, moves, strict=True))


def _speed(step: Step) -> list[str]:
    spoken = SPOKEN["camera_speed"][step.speed]
    return [spoken] if spoken and step.name != "static" else []


def lighting(record: Record) -> Iterator[str]:
    if record.lighting and (told := [phrase for phrase in _light(record.lighting) if phrase]):
        yield f"Lighting: {', '.join(told)}"


def _light(light: Lighting) -> Iterator[str | None]:
    if tags := light.tags:
        quality = f"{SPOKEN['light_quality'][tags.quality]} " if tags.quality else ""
        kinds = listed([SPOKEN["light_type"][kind] for kind in tags.type]) or "light"
        direction = f" {SPOKEN['key_direction'][tags.key_direction]}" if tags.key_direction else ""
        yield f"{quality}{kinds}{direction}"
        yield SPOKEN["key_ratio"].get(tags.key_ratio or "")
        yield SPOKEN["light_mood"].get(tags.mood or "")
    yield f"{light.cct_k:.0f} K" if light.cct_k else None
    yield _sun(light.sun) if light.sun else None
    yield None if light.static else "changing over time"


def _sun(sun: Sun) -> str:
    if sun.elevation_deg < 0:
        return "the sun below the horizon"
    height = f"{sun.elevation_deg:.0f}"
    degrees = "degree" if height == "1" else "degrees"
    return f"the sun {height} {degrees} above the horizon in the {facts.wind(sun.azimuth_deg, WINDS)}"


def audio(record: Record) -> Iterator[str]:
    if record.audio is None:
        return
    sound = record.audio
    if sound.style_caption:
        yield sound.style_caption
    if sound.aspects:
        yield f"The sound is {listed(list(sound.aspects))}"
    if told := [*map(_event, facts.told_events(sound)), *(label.name.lower() for label in facts.told_labels(sound))]:
        yield f"Sounds: {'; '.join(told)}"
    yield from (f'A voice says: "{line}"' for line in facts.spoken_lines(sound))
    if sound.music:
        yield _music(sound)


def _event(event: SoundEvent) -> str:
    off_screen = " off screen" if event.source == "off_screen" else ""
    return f"{event.name.lower()}{off_screen} at {event.onset_s:.1f} seconds"


def _music(sound: Audio) -> str:
    music = sound.music
    if music is None or not music.present:
        return "No music"
    details = [music.mood, f"in {music.key}" if music.key else None, f"{music.bpm:.0f} bpm" if music.bpm else None]
    told = [detail for detail in details if detail]
    return f"Music: {', '.join(told)}" if told else "Music plays"


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def definite(name: str) -> str:
    """`the red ball` of `a red ball` or `red ball`; a name with a capital stands as it is."""
    if name[:1].isupper():
        return name
    first, _, rest = name.partition(" ")
    return f"the {rest if rest and first in ('a', 'an', 'the') else name}"
