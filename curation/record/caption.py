"""The caption composer: one paragraph from the structure of a record.

Most trainers know nothing of camera paths or light; this text is how those reach them. The same record gives the same
text, byte for byte. Wording is English (`caption_english`); another language is another module of that kind.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from curation.record import caption_english as english
from curation.record.models import Audio, Camera, DeclaredPrimitive, Lens, Lighting, Record, SoundEvent, Sun
from curation.record.models.fields import word_count
from curation.record.models.scene import SHORT_WORDS_MAX

SENTENCE_ENDS = (".", "!", "?", "\u2026", "\u3002", "\u061f")
# Movements that the tagger is less sure of than this are not told.
DERIVED_CONFIDENCE_MIN = 0.6


def compose_caption(record: Record) -> str:
    """The record in one paragraph on one line, NFC: action, subjects, setting, shot, camera, lighting, audio."""
    return _paragraph(sentence for part in PARTS for sentence in part(record))


def short_caption(record: Record) -> str:
    """The contributor's short caption, with the camera's movement and the light added while 60 words hold them."""
    caption = _paragraph([record.scene.caption_short])
    for part in (_camera, _lighting):
        for sentence in part(record):
            longer = _paragraph([caption, sentence])
            if word_count(longer) <= SHORT_WORDS_MAX:
                caption = longer
    return caption


def _paragraph(sentences: Iterator[str] | Sequence[str]) -> str:
    text = " ".join(_sentence(sentence) for sentence in sentences)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((*SENTENCE_ENDS, '."', '!"', '?"')) else f"{text}."


def _action(record: Record) -> Iterator[str]:
    """The short caption, then the actions that it does not tell already."""
    scene = record.scene
    yield scene.caption_short
    told = scene.caption_short.casefold()
    names = {subject.id: subject.name for subject in scene.subjects}
    for action in sorted(scene.actions, key=lambda item: (item.start_s, item.end_s)):
        if action.verb.casefold() not in told:
            when = f"At {action.start_s:.1f} seconds, " if action.start_s > 0 else ""
            yield f"{when}{english.definite(names[action.subject])} {action.verb}"


def _subjects(record: Record) -> Iterator[str]:
    phrases = []
    for subject in record.scene.subjects:
        details = [subject.description] if subject.description else []
        if subject.count > 1:
            details.append(f"{subject.count} of them")
        phrases.append(f"{subject.name} ({', '.join(details)})" if details else subject.name)
    if phrases:
        yield f"Subjects: {'; '.join(phrases)}"


def _setting(record: Record) -> Iterator[str]:
    setting = record.scene.setting
    if setting is None:
        return
    inside = {True: "indoors", False: "outdoors", None: None}[setting.interior]
    phrases = [
        setting.place,
        inside,
        english.TIMES_OF_DAY.get(setting.time_of_day or ""),
        english.WEATHER.get(setting.weather or ""),
    ]
    if told := [phrase for phrase in phrases if phrase]:
        yield f"Setting: {', '.join(told)}"


def _shot(record: Record) -> Iterator[str]:
    scene = record.scene
    if shot := scene.shot:
        size = english.SIZES[shot.size] if shot.size else "Shot"
        opening = f"{size} {english.ANGLES[shot.angle]}" if shot.angle else size
        rest = [english.FRAMINGS.get(shot.framing or ""), english.LENSES.get(shot.lens or "")]
        rest += [f"{english.spaced(word)} composition" for word in shot.composition]
        yield ", ".join([opening, *(phrase for phrase in rest if phrase)])
    if record.camera and record.camera.lens and (lens := _lens(record.camera.lens)):
        yield lens
    if scene.style:
        yield f"Style: {', '.join(scene.style)}"
    if scene.text_on_screen:
        quoted = [f'"{text}"' for text in scene.text_on_screen]
        yield f"On-screen text reads {english.listed(quoted)}"


def _lens(lens: Lens) -> str | None:
    focal = f"at {lens.focal_mm:.0f} mm" if lens.focal_mm else None
    stop = f"at f/{lens.f_number:g}" if lens.f_number else None
    told = [phrase for phrase in (focal, stop) if phrase]
    return f"Filmed {' '.join(told)}" if told else None


def _camera(record: Record) -> Iterator[str]:
    camera = record.camera
    if camera is None:
        return
    moves = _moves(camera)
    steady = camera.declared.steadiness if camera.declared else None
    if moves:
        how = f", {english.STEADINESS[steady]}" if steady else ""
        yield f"The camera {moves}{how}"
    elif steady:
        yield f"The camera is held {english.STEADINESS[steady]}"


def _moves(camera: Camera) -> str:
    """Declared movements in the order of their start, those at once joined by "while it"; else the derived ones."""
    declared = (
        sorted(camera.declared.primitives, key=lambda move: (move.start_s, move.end_s)) if camera.declared else []
    )
    if not declared:
        derived = camera.derived.primitives if camera.derived else ()
        sure = [move for move in derived if move.confidence >= DERIVED_CONFIDENCE_MIN]
        return english.listed(list(dict.fromkeys(english.MOVEMENTS[move.name] for move in sure)))
    text = _move(declared[0])
    for before, move in pairwise(declared):
        text += (" while it " if move.start_s < before.end_s else ", then ") + _move(move)
    return text


def _move(move: DeclaredPrimitive) -> str:
    speed = english.SPEEDS[move.speed] if move.speed and move.name != "static" else ""
    return speed + english.MOVEMENTS[move.name]


def _lighting(record: Record) -> Iterator[str]:
    lighting = record.lighting
    if lighting is None:
        return
    if phrases := [phrase for phrase in _light_phrases(lighting) if phrase]:
        yield f"Lighting: {', '.join(phrases)}"


def _light_phrases(lighting: Lighting) -> Iterator[str | None]:
    if tags := lighting.tags:
        quality = f"{tags.quality} " if tags.quality else ""
        kinds = english.listed([english.LIGHT_TYPES[kind] for kind in tags.type]) or "light"
        direction = f" {english.KEY_DIRECTIONS[tags.key_direction]}" if tags.key_direction else ""
        yield f"{quality}{kinds}{direction}"
        yield english.KEY_RATIOS.get(tags.key_ratio or "")
        yield f"{tags.mood} mood" if tags.mood else None
    yield f"{lighting.cct_k:.0f} K" if lighting.cct_k else None
    yield _sun(lighting.sun) if lighting.sun else None
    yield None if lighting.static else "changing over time"


def _sun(sun: Sun) -> str:
    if sun.elevation_deg < 0:
        return "the sun below the horizon"
    return f"the sun {sun.elevation_deg:.0f} degrees above the horizon in the {english.compass(sun.azimuth_deg)}"


def _audio(record: Record) -> Iterator[str]:
    audio = record.audio
    if audio is None:
        return
    if audio.style_caption:
        yield audio.style_caption
    if audio.aspects:
        yield f"The sound is {english.listed(list(audio.aspects))}"
    if sounds := _sounds(audio):
        yield f"Sounds: {sounds}"
    yield from (f'A voice says: "{" ".join(line.text.split())}"' for line in audio.speech if line.text.strip())
    if audio.music:
        yield _music(audio)


def _sounds(audio: Audio) -> str:
    """Events at their instants, then labels that no event tells."""
    events = sorted(audio.events, key=lambda event: (event.onset_s, event.offset_s, event.name))
    told = {event.name for event in events}
    labels = [label.name.lower() for label in audio.labels if label.name not in told]
    return "; ".join([*(_event(event) for event in events), *labels])


def _event(event: SoundEvent) -> str:
    off_screen = " off screen" if event.source == "off_screen" else ""
    return f"{event.name.lower()}{off_screen} at {event.onset_s:.1f} seconds"


def _music(audio: Audio) -> str:
    music = audio.music
    if music is None or not music.present:
        return "No music"
    details = [music.mood, f"in {music.key}" if music.key else None, f"{music.bpm:.0f} bpm" if music.bpm else None]
    told = [detail for detail in details if detail]
    return f"Music: {', '.join(told)}" if told else "Music plays"


PARTS: tuple[Callable[[Record], Iterator[str]], ...] = (
    _action,
    _subjects,
    _setting,
    _shot,
    _camera,
    _lighting,
    _audio,
)
