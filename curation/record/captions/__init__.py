"""The caption composer: a record told in one paragraph, in English or Arabic.

Most trainers know nothing of camera paths or light; this text is how those reach them. The same record gives the same
text, byte for byte. What contributors wrote themselves (names, actions, styles) stands in their own words: nothing is
translated but the words of the vocabularies.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from curation.record.captions import arabic, english
from curation.record.captions.sentences import paragraph
from curation.record.models import Record
from curation.record.models.fields import word_count
from curation.record.models.scene import SHORT_WORDS_MAX
from curation.record.vocabularies import Language

Part = Callable[[Record], Iterator[str]]

# Action, subjects, setting, shot, camera, lighting, audio.
PARTS: Mapping[Language, tuple[Part, ...]] = MappingProxyType(
    {
        "en": (
            english.action, english.subjects, english.setting, english.shot, english.camera, english.lighting,
            english.audio,
        ),
        "ar": (
            arabic.action, arabic.subjects, arabic.setting, arabic.shot, arabic.camera, arabic.lighting, arabic.audio,
        ),
    }
)  # fmt: skip
CAMERA, LIGHTING = 4, 5


def compose_caption(record: Record, language: Language = "en") -> str:
    """The record in one paragraph on one line, NFC: action, subjects, setting, shot, camera, lighting, audio."""
    return paragraph((sentence for part in PARTS[language] for sentence in part(record)), language)


def short_caption(record: Record, language: Language = "en") -> str:
    """The contributor's short caption, with the camera's movement and the light added while 60 words hold them."""
    caption = paragraph([record.scene.caption_short], language)
    for part in (PARTS[language][CAMERA], PARTS[language][LIGHTING]):
        for sentence in part(record):
            longer = paragraph([caption, sentence], language)
            if word_count(longer) <= SHORT_WORDS_MAX:
                caption = longer
    return caption
