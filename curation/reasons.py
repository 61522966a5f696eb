"""Why a reviewer judged as they did: stable codes, the words for them, and how the contributor puts it right."""

from django.db.models import TextChoices


class Reason(TextChoices):
    """A reason code. `FIXES` has the advice that goes with each."""

    CAPTION_WRONG = "caption_wrong", "The description does not match the material"
    CAPTION_THIN = "caption_thin", "The description leaves out what matters"
    TIMING_WRONG = "timing_wrong", "Actions or events are at the wrong time"
    IMAGE_QUALITY = "image_quality", "The picture is blurred, noisy, too dark or too light"
    IMAGE_UNRELATED = "image_unrelated", "A reference image shows something else"
    AUDIO_QUALITY = "audio_quality", "The sound is clipped, noisy or too quiet"
    AUDIO_UNRELATED = "audio_unrelated", "The sound does not belong to the scene"
    TRANSCRIPT_WRONG = "transcript_wrong", "The transcript does not match the speech"
    CAMERA_WRONG = "camera_wrong", "The camera path does not match the clip or its description"
    LIGHTING_WRONG = "lighting_wrong", "The lighting does not match the material"
    WATERMARK = "watermark", "There is a watermark, logo or overlaid text"
    DUPLICATE = "duplicate", "The same material is already in the collection"
    OFF_BRIEF = "off_brief", "It is not what the campaign asks for"
    RIGHTS_UNCLEAR = "rights_unclear", "It is not clear that the contributor may license this"
    PERSON_WITHOUT_RELEASE = "person_without_release", "A person can be recognised and there is no release"
    UNSAFE = "unsafe", "It breaks the content rules"
    OTHER = "other", "Something else, said in the note"


FIXES: dict[str, str] = {
    Reason.CAPTION_WRONG: "Describe what is seen and heard, and nothing else.",
    Reason.CAPTION_THIN: "Name the subjects, the action, the place, the light and the sound.",
    Reason.TIMING_WRONG: "Move the start and end to where it happens in the clip.",
    Reason.IMAGE_QUALITY: "Upload a sharper, cleaner or better exposed file.",
    Reason.IMAGE_UNRELATED: "Replace the image by one of this scene, or remove it.",
    Reason.AUDIO_QUALITY: "Upload a cleaner recording at a normal level.",
    Reason.AUDIO_UNRELATED: "Replace the sound by one of this scene, or remove it.",
    Reason.TRANSCRIPT_WRONG: "Correct the transcript to the words that are spoken.",
    Reason.CAMERA_WRONG: "Check the convention of the camera file and the declared movements.",
    Reason.LIGHTING_WRONG: "Check the directions, the colour temperature and the environment map.",
    Reason.WATERMARK: "Upload the material without overlays.",
    Reason.DUPLICATE: "Contribute material that is not in the collection yet.",
    Reason.OFF_BRIEF: "Read the campaign's brief; another campaign may want this.",
    Reason.RIGHTS_UNCLEAR: "Say whose it is and on what basis you license it.",
    Reason.PERSON_WITHOUT_RELEASE: "Add a release for each person who can be recognised.",
    Reason.UNSAFE: "Contribute something else.",
    Reason.OTHER: "See the note.",
}

# The same words in Arabic, for what people are told.
REASONS_ARABIC: dict[str, str] = {
    Reason.CAPTION_WRONG: "الوصف لا يطابق المادة",
    Reason.CAPTION_THIN: "الوصف يغفل ما هو مهم",
    Reason.TIMING_WRONG: "الأفعال أو الأحداث في غير وقتها",
    Reason.IMAGE_QUALITY: "الصورة ضبابية أو مشوشة أو داكنة جدًا أو فاتحة جدًا",
    Reason.IMAGE_UNRELATED: "صورة مرجعية تُظهر شيئًا آخر",
    Reason.AUDIO_QUALITY: "الصوت مقطوع أو مشوش أو خافت جدًا",
    Reason.AUDIO_UNRELATED: "الصوت لا ينتمي إلى المشهد",
    Reason.TRANSCRIPT_WRONG: "النص المكتوب لا يطابق الكلام",
    Reason.CAMERA_WRONG: "مسار الكاميرا لا يطابق المقطع أو وصفه",
    Reason.LIGHTING_WRONG: "الإضاءة لا تطابق المادة",
    Reason.WATERMARK: "توجد علامة مائية أو شعار أو نص مضاف",
    Reason.DUPLICATE: "المادة نفسها موجودة في المجموعة",
    Reason.OFF_BRIEF: "ليست ما تطلبه الحملة",
    Reason.RIGHTS_UNCLEAR: "ليس واضحًا أن للمساهم حق ترخيصها",
    Reason.PERSON_WITHOUT_RELEASE: "يمكن التعرف على شخص ولا يوجد إقرار منه",
    Reason.UNSAFE: "تخالف قواعد المحتوى",
    Reason.OTHER: "سبب آخر مذكور في الملاحظة",
}

# Which of a reviewer's reasons say that what a metric measures was wrong: what its calibration learns from.
CONCERNS: dict[str, frozenset[str]] = {
    "clip.text_alignment": frozenset({Reason.CAPTION_WRONG}),
    "image.text_alignment": frozenset({Reason.CAPTION_WRONG, Reason.IMAGE_UNRELATED}),
    "image.same_scene": frozenset({Reason.IMAGE_UNRELATED}),
    "audio.text_alignment": frozenset({Reason.AUDIO_UNRELATED}),
    "audio.word_error_rate": frozenset({Reason.TRANSCRIPT_WRONG}),
}
