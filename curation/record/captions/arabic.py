"""The record in Arabic sentences; its words are `vocabularies/ar.json`, those of sounds `audioset_ar.tsv`.

Whatever is counted agrees with its number, pronouns with who is meant, adjectives with the feminine words for camera,
light and shot. What contributors wrote in another script stands between guillemets. Digits are the Western ones, which
text encoders know best.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from curation.record.captions import facts
from curation.record.captions.facts import Step
from curation.record.models import Audio, Lens, Lighting, Record, SoundEvent, Subject, Sun
from curation.record.vocabularies import phrases
from curation.record.vocabularies.audioset import SOUND_CLASSES, class_of

SPOKEN: Mapping[str, Mapping[str, str]] = phrases("ar")
WINDS = (
    "الشمال", "الشمال الشرقي", "الشرق", "الجنوب الشرقي", "الجنوب", "الجنوب الغربي", "الغرب", "الشمال الغربي",
)  # fmt: skip
JOINTS = {"first": "", "while": " وهي ", "then": "، ثم ", "and": " و"}
ONE, TWO = 1, 2


@dataclass(frozen=True)
class Noun:
    """A noun as it follows a number: alone for one and two, then by the last two digits (CLDR's Arabic plurals)."""

    one: str
    two: str
    few: str  # 3-10
    many: str  # 11-99
    other: str  # 0, 100, 101, 102, 200 ...

    def counted(self, number: int) -> str:
        """`درجة واحدة`, `درجتين`, `5 درجات`, `35 درجة`."""
        if number in (ONE, TWO):
            return self.one if number == ONE else self.two
        rest = number % 100
        noun = self.few if 3 <= rest <= 10 else self.many if rest > 10 else self.other
        return f"{number} {noun}"


DEGREE = Noun("درجة واحدة", "درجتين", "درجات", "درجة", "درجة")
MILLIMETRE = Noun("ملّيمتر واحد", "ملّيمترين", "ملّيمترات", "ملّيمترًا", "ملّيمتر")
BEAT = Noun("نبضة واحدة", "نبضتين", "نبضات", "نبضة", "نبضة")


def action(record: Record) -> Iterator[str]:
    """The short caption, then the actions that it does not tell already."""
    yield record.scene.caption_short
    names = {subject.id: subject.name for subject in record.scene.subjects}
    for untold in facts.untold_actions(record):
        when = f"{_at(untold.start_s)}: " if untold.start_s > 0 else ""
        yield f"{when}{own(f'{names[untold.subject]} {untold.verb}')}"


def subjects(record: Record) -> Iterator[str]:
    if told := [_subject(subject) for subject in record.scene.subjects]:
        yield f"العناصر: {'؛ '.join(told)}"


def _subject(subject: Subject) -> str:
    details = [own(subject.description)] if subject.description else []
    if subject.count > 1:
        details.append(f"{_their_number(subject)} {subject.count}")
    return f"{own(subject.name)} ({'، '.join(details)})" if details else own(subject.name)


def _their_number(subject: Subject) -> str:
    """The number of two, of several people, of several other things."""
    if subject.count == TWO:
        return "عددهما"
    return "عددهم" if subject.kind == "person" else "عددها"


def setting(record: Record) -> Iterator[str]:
    where = record.scene.setting
    if where is None:
        return
    told = [
        own(where.place) if where.place else None,
        {True: "في الداخل", False: "في الخارج", None: None}[where.interior],
        SPOKEN["time_of_day"].get(where.time_of_day or ""),
        SPOKEN["weather"].get(where.weather or ""),
    ]
    if present := [phrase for phrase in told if phrase]:
        yield f"المكان: {'، '.join(present)}"


def shot(record: Record) -> Iterator[str]:
    scene = record.scene
    if framed := scene.shot:
        size = SPOKEN["shot_size"][framed.size] if framed.size else "لقطة"
        opening = f"{size} {SPOKEN['camera_angle'][framed.angle]}" if framed.angle else size
        rest = [SPOKEN["framing"].get(framed.framing or ""), SPOKEN["lens_look"].get(framed.lens or "")]
        rest += [SPOKEN["composition"][word] for word in framed.composition]
        yield "، ".join([opening, *(phrase for phrase in rest if phrase)])
    if record.camera and record.camera.lens and (lens := _lens(record.camera.lens)):
        yield lens
    if scene.style:
        yield f"الأسلوب: {'، '.join(own(style) for style in scene.style)}"
    if texts := [f"«{text}»" for text in scene.text_on_screen]:
        reads = {ONE: "يظهر على الشاشة نص", TWO: "يظهر على الشاشة نصّان"}.get(len(texts), "تظهر على الشاشة نصوص")
        yield f"{reads}: {listed(texts)}"


def _lens(lens: Lens) -> str | None:
    focal = f"ببُعد بؤري قدره {MILLIMETRE.counted(round(lens.focal_mm))}" if lens.focal_mm else None
    stop = f"بفتحة f/{lens.f_number:g}" if lens.f_number else None
    told = [phrase for phrase in (focal, stop) if phrase]
    return f"صُوّرت اللقطة {' و'.join(told)}" if told else None


def camera(record: Record) -> Iterator[str]:
    if record.camera is None:
        return
    held = SPOKEN["steadiness"].get(facts.steadiness(record.camera) or "")
    if steps := facts.camera_steps(record.camera):
        moves = "".join(JOINTS[step.joint] + _move(step) for step in steps)
        yield f"الكاميرا {moves}{f'، {held}' if held else ''}"
    elif held:
        yield f"تُصوَّر اللقطة {held}"


def _move(step: Step) -> str:
    move, speed = SPOKEN["camera_primitive"][step.name], SPOKEN["camera_speed"][step.speed]
    return f"{move} {speed}" if speed and step.name != "static" else move


def lighting(record: Record) -> Iterator[str]:
    light = record.lighting
    if light and (told := [phrase for phrase in _light(light) if phrase]):
        quality = f" {SPOKEN['light_quality'][light.tags.quality]}" if light.tags and light.tags.quality else ""
        yield f"الإضاءة{quality}: {'، '.join(told)}"


def _light(light: Lighting) -> Iterator[str | None]:
    if tags := light.tags:
        kinds = listed([SPOKEN["light_type"][kind] for kind in tags.type]) or "ضوء"
        direction = f" {SPOKEN['key_direction'][tags.key_direction]}" if tags.key_direction else ""
        yield f"{kinds}{direction}"
        yield SPOKEN["key_ratio"].get(tags.key_ratio or "")
        yield SPOKEN["light_mood"].get(tags.mood or "")
    yield f"{light.cct_k:.0f} كلفن" if light.cct_k else None
    yield _sun(light.sun) if light.sun else None
    yield None if light.static else "متغيّرة مع الوقت"


def _sun(sun: Sun) -> str:
    if sun.elevation_deg < 0:
        return "الشمس تحت الأفق"
    height = DEGREE.counted(round(sun.elevation_deg))
    return f"الشمس على ارتفاع {height} فوق الأفق جهة {facts.wind(sun.azimuth_deg, WINDS)}"


def audio(record: Record) -> Iterator[str]:
    if record.audio is None:
        return
    sound = record.audio
    if sound.style_caption:
        yield sound.style_caption
    if sound.aspects:
        yield f"الصوت {listed([own(aspect) for aspect in sound.aspects])}"
    labels = [_named(label.mid, label.name) for label in facts.told_labels(sound)]
    if told := [*map(_event, facts.told_events(sound)), *labels]:
        yield f"الأصوات: {'؛ '.join(told)}"
    yield from (f"يقول صوت: «{line}»" for line in facts.spoken_lines(sound))
    if sound.music:
        yield _music(sound)


def _event(event: SoundEvent) -> str:
    off_screen = " خارج الكادر" if event.source == "off_screen" else ""
    return f"{_named(event.mid, event.name)}{off_screen} {_at(event.onset_s)}"


def _named(mid: str | None, name: str) -> str:
    """The sound class's Arabic name, where it has one; else the sound's own."""
    known = SOUND_CLASSES.get(mid or "") or class_of(name)
    return known.labels.get("ar", own(name)) if known else own(name)


def _music(sound: Audio) -> str:
    music = sound.music
    if music is None or not music.present:
        return "بلا موسيقى"
    details = [
        own(music.mood) if music.mood else None,
        f"على سلّم {own(music.key)}" if music.key else None,
        f"بسرعة {BEAT.counted(round(music.bpm))} في الدقيقة" if music.bpm else None,
    ]
    told = [detail for detail in details if detail]
    return f"الموسيقى: {'، '.join(told)}" if told else "تُسمع موسيقى"


def _at(instant_s: float) -> str:
    return f"عند الثانية {instant_s:.1f}"


def own(text: str) -> str:
    """A contributor's words: as they are in Arabic, between guillemets in another script."""
    return text if any("\u0600" <= letter <= "\u06ff" for letter in text) else f"«{text}»"


def listed(items: list[str]) -> str:
    """`أ`, `أ وب`, `أ، ب وج`."""
    return " و".join(["، ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
