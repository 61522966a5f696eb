"""The kinds of value a record is made of: one definition each, so that every part refuses the same things."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

# Cc and the two Unicode line separators: list files are line-indexed, and PostgreSQL takes no NUL.
_NOT_ON_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Scripts written without spaces between words: each sign counts as a word.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

MAX_FRAMES = 100_000
MAX_DURATION_S = 3_600.0


class Part(BaseModel):
    """A part of a record: no unknown keys, immutable, never an empty stub."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="after")
    def _says_something(self) -> "Part":
        fields = type(self).model_fields
        if fields and all(getattr(self, name) in (None, (), {}) for name in fields):
            raise problem("empty", "This part is there but says nothing.", "Fill it in, or write null in its place.")
        return self


def problem(code: str, message: str, fix: str, **context: Any) -> PydanticCustomError:
    """A validation error in contributor words, to be raised inside a validator."""
    # Pydantic formats the template with the context, so braces in it must stay out of messages.
    return PydanticCustomError(code, message, {"fix": fix, **context})


def word_count(text: str) -> int:
    """How many words, by spaces; signs of scripts written without spaces count one each."""
    return len(_UNSPACED.findall(text)) + len(_UNSPACED.sub(" ", text).split())


def _one_line(text: str) -> str:
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise problem("empty", "This text is empty.", "Write something, or leave the key out.")
    if _NOT_ON_ONE_LINE.search(text):
        raise problem("not_one_line", "This text holds a line break or a control character.", "Write it on one line.")
    return text


def _verbatim(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if _NOT_ON_ONE_LINE.search(text):
        raise problem("not_one_line", "This text holds a line break or a control character.", "Write it on one line.")
    return text


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Positive = Annotated[float, Field(strict=True, gt=0, le=1e9, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Seconds = Annotated[float, Field(strict=True, ge=0, le=MAX_DURATION_S, allow_inf_nan=False)]
Pixels = Annotated[int, Field(strict=True, ge=1, le=65_536)]
Coordinate = Annotated[float, Field(strict=True, ge=-1e7, le=1e7, allow_inf_nan=False)]
Vector = tuple[Coordinate, Coordinate, Coordinate]
ColourTemperature = Annotated[float, Field(strict=True, ge=1_000, le=40_000, allow_inf_nan=False)]
Duv = Annotated[float, Field(strict=True, ge=-0.1, le=0.1, allow_inf_nan=False)]

Word = Annotated[str, Field(strict=True, max_length=80), AfterValidator(_one_line)]
Phrase = Annotated[str, Field(strict=True, max_length=400), AfterValidator(_one_line)]
Paragraph = Annotated[str, Field(strict=True, max_length=4_000), AfterValidator(_one_line)]
Verbatim = Annotated[str, Field(strict=True, max_length=4_000), AfterValidator(_verbatim)]
SubjectId = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
AudioSetId = Annotated[str, Field(strict=True, pattern=r"^/[mtg]/[A-Za-z0-9_]{1,32}$")]
WebAddress = Annotated[
    str, Field(strict=True, max_length=2_048, pattern=r"^https?://[^\s@]+$"), AfterValidator(_one_line)
]
AssetId = UUID
Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
