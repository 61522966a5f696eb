"""Arabic captions, word for word: punctuation, agreement in number and gender, foreign words between guillemets."""

from typing import Any

import pytest

from curation.record import parse_record
from curation.record.captions import arabic, compose_caption, short_caption
from tests.factories.records import blueprint, valid_record

WHOLE = (
    "تتدحرج كرة حمراء على أرضية خشبية وتتوقف قرب مكعب أزرق. الكرة الحمراء تدور إلى اليمين. "
    "العناصر: الكرة الحمراء (من المطاط، بحجم قبضة اليد)؛ مكعب أزرق (عددها 3)؛ المارّة (عددهم 5)؛ توأمان (عددهما 2). "
    "المكان: غرفة فارغة، في الداخل، بعد الظهر. "
    "لقطة واسعة بمستوى العين، بتأطير لشخصيتين، بتكوين على قاعدة الأثلاث. "
    "صُوّرت اللقطة ببُعد بؤري قدره 32 ملّيمترًا وبفتحة f/4. الأسلوب: بسيط. "
    "الكاميرا تتقدّم إلى الأمام ببطء، بلا أي اهتزاز. "
    "الإضاءة قاسية: ضوء نهار من الأمام إلى اليسار، بتباين متوازن، 5600 كلفن، "
    "الشمس على ارتفاع 35 درجة فوق الأفق جهة الجنوب الغربي. "
    "صوت تدحرج قريب وجافّ في غرفة هادئة. الأصوات: ارتطام مكتوم عند الثانية 4.0؛ تدحرج. بلا موسيقى."
)
FOREIGN = (
    "A red ball rolls across a wooden floor and stops beside a blue cube. «red ball rolls to the right». "
    "العناصر: «red ball» («smooth rubber, the size of a fist»)؛ «blue cube». "
    "المكان: «an empty room»، في الداخل، بعد الظهر. "
    "لقطة واسعة بمستوى العين، بتأطير لشخصيتين، بتكوين على قاعدة الأثلاث. الأسلوب: «plain». "
    "الإضاءة قاسية: ضوء من اليسار."
)


def arabic_record() -> dict[str, Any]:
    """The usual record, written by a contributor who writes Arabic."""
    record = valid_record()
    record["scene"] |= {
        "caption_short": "تتدحرج كرة حمراء على أرضية خشبية وتتوقف قرب مكعب أزرق.",
        "language": "ar",
        "subjects": [
            {"id": "ball", "name": "الكرة الحمراء", "kind": "object", "description": "من المطاط، بحجم قبضة اليد"},
            {"id": "cube", "name": "مكعب أزرق", "kind": "object", "count": 3},
            {"id": "people", "name": "المارّة", "kind": "person", "count": 5},
            {"id": "twins", "name": "توأمان", "kind": "person", "count": 2},
        ],
        "actions": [{"subject": "ball", "verb": "تدور إلى اليمين", "start_s": 0.0, "end_s": 4.0}],
        "style": ["بسيط"],
    }
    record["scene"]["setting"]["place"] = "غرفة فارغة"
    record["audio"]["style_caption"] = "صوت تدحرج قريب وجافّ في غرفة هادئة."
    return record


def caption_of(record: dict[str, Any]) -> str:
    return compose_caption(parse_record(record), "ar")


def test_caption_of_a_whole_record():
    assert caption_of(arabic_record()) == WHOLE


def test_foreign_words_of_a_contributor_stand_between_guillemets():
    assert caption_of(blueprint()) == FOREIGN


def test_short_caption_adds_camera_and_light():
    assert short_caption(parse_record(arabic_record()), "ar") == (
        "تتدحرج كرة حمراء على أرضية خشبية وتتوقف قرب مكعب أزرق. "
        "الكاميرا تتقدّم إلى الأمام ببطء، بلا أي اهتزاز. "
        "الإضاءة قاسية: ضوء نهار من الأمام إلى اليسار، بتباين متوازن، 5600 كلفن، "
        "الشمس على ارتفاع 35 درجة فوق الأفق جهة الجنوب الغربي."
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 درجة"),
        (1, "درجة واحدة"),
        (2, "درجتين"),
        (3, "3 درجات"),
        (10, "10 درجات"),
        (11, "11 درجة"),
        (99, "99 درجة"),
        (100, "100 درجة"),
        (103, "103 درجات"),
        (111, "111 درجة"),
    ],
)
def test_nouns_agree_with_their_number(number: int, text: str):
    assert arabic.DEGREE.counted(number) == text


@pytest.mark.parametrize(
    ("focal_mm", "text"),
    [(8.0, "8 ملّيمترات"), (35.0, "35 ملّيمترًا"), (100.0, "100 ملّيمتر"), (2.0, "ملّيمترين")],
)
def test_focal_lengths_agree_with_their_number(focal_mm: float, text: str):
    record = arabic_record()
    record["camera"]["lens"] = {"focal_mm": focal_mm}
    assert f"صُوّرت اللقطة ببُعد بؤري قدره {text}." in caption_of(record)


def test_movements_at_once_and_in_turn_are_joined_by_a_feminine_pronoun_and_by_then():
    record = arabic_record()
    record["camera"]["declared"] = {
        "primitives": [
            {"name": "tilt_up", "start_s": 3.0, "end_s": 5.0, "speed": "fast"},
            {"name": "pan_left", "start_s": 0.0, "end_s": 2.0},
            {"name": "zoom_in", "start_s": 1.0, "end_s": 2.0},
        ]
    }
    assert "الكاميرا تستدير إلى اليسار وهي تقرّب الصورة، ثم تميل إلى أعلى بسرعة." in caption_of(record)


def test_derived_movements_are_told_where_none_are_declared():
    record = arabic_record()
    record["camera"]["declared"] = {"steadiness": "unsteady"}
    assert "تُصوَّر اللقطة باهتزاز اليد." in caption_of(record)
    record["camera"]["derived"] = {
        "primitives": [{"name": "truck_left", "confidence": 0.9}, {"name": "roll_cw", "confidence": 0.8}],
        "tool": "openslate",
    }
    assert "الكاميرا تنزلق إلى اليسار وتدور مع عقارب الساعة، باهتزاز اليد." in caption_of(record)


@pytest.mark.parametrize(
    ("music", "text"),
    [
        ({"present": False}, "بلا موسيقى."),
        ({"present": True}, "تُسمع موسيقى."),
        (
            {"present": True, "mood": "هادئة", "key": "A minor", "bpm": 90.0},
            "الموسيقى: هادئة، على سلّم «A minor»، بسرعة 90 نبضة في الدقيقة.",
        ),
    ],
)
def test_music_or_its_absence_is_told(music: dict[str, Any], text: str):
    record = arabic_record()
    record["audio"]["music"] = music
    assert caption_of(record).endswith(text)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["OPEN"], "يظهر على الشاشة نص: «OPEN»."),
        (["OPEN", "24 h"], "يظهر على الشاشة نصّان: «OPEN» و«24 h»."),
        (["أ", "ب", "ج"], "تظهر على الشاشة نصوص: «أ»، «ب» و«ج»."),
    ],
)
def test_writing_on_the_screen_agrees_with_how_many_there_are(texts: list[str], told: str):
    record = arabic_record()
    record["scene"]["text_on_screen"] = texts
    assert told in caption_of(record)


def test_speech_sounds_and_light_are_told_in_the_words_of_their_vocabularies():
    record = arabic_record()
    record["audio"] |= {
        "aspects": ["جافّ", "قريب"],
        "speech": [{"start": 0.0, "end": 1.0, "text": " انتبه  للدرج! "}],
        "events": [
            {"onset_s": 1.0, "offset_s": 1.2, "name": "Bark", "source": "off_screen"},
            {"onset_s": 2.0, "offset_s": 2.2, "name": "glorp"},
        ],
    }
    record["lighting"] = {
        "static": False,
        "tags": {"type": ["tungsten", "practical"], "quality": "soft", "mood": "tense", "key_ratio": "low_key"},
        "sun": {"azimuth_deg": 300.0, "elevation_deg": -10.0},
        "source": "authored",
    }
    caption = caption_of(record)
    assert "الصوت جافّ وقريب. الأصوات: نباح خارج الكادر عند الثانية 1.0؛ «glorp» عند الثانية 2.0؛ تدحرج. " in caption
    assert "يقول صوت: «انتبه للدرج!» بلا موسيقى." in caption
    assert (
        "الإضاءة ناعمة: ضوء تنغستن ومصابيح ظاهرة في المشهد، بنمط المفتاح المنخفض، بأجواء متوترة، الشمس تحت الأفق، "
        "متغيّرة مع الوقت."
    ) in caption


def test_later_actions_are_told_with_their_instant():
    record = arabic_record()
    record["scene"]["actions"].append({"subject": "cube", "verb": "يسقط", "start_s": 4.0, "end_s": 4.5})
    assert "عند الثانية 4.0: مكعب أزرق يسقط." in caption_of(record)


def test_parts_that_are_not_there_are_not_told():
    caption = caption_of(arabic_record() | {"audio": None, "camera": None, "lighting": None, "video": None})
    assert caption.endswith("الأسلوب: بسيط.")
    assert not any(word in caption for word in ("الكاميرا", "الإضاءة", "الأصوات", "موسيقى", "صُوّرت"))
