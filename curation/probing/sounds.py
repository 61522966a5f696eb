"""Sound files: every sample is decoded, none is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from av.container import InputContainer

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused

_CONTENT_TYPE = {"wav": "audio/wav", "flac": "audio/flac", "mp3": "audio/mpeg", "ogg": "audio/ogg"}
_BLOCK_FRAMES = 65_536
_REEXPORT = "Export it again as wav or flac and check that it plays to the end."


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a wav, flac, mp3 or ogg file.

    Raises:
        Refused: It does not decode to its end, is too long, or holds values that are not numbers.
    """
    if found.name == "wav":
        _check_riff(path)
    try:
        details = _read_all(path, limits)
    except soundfile.LibsndfileError as error:
        raise Refused("audio_undecodable", f"The sound cannot be decoded: {error.error_string}", _REEXPORT) from error
    return Facts("audio", _CONTENT_TYPE[found.name], path.stat().st_size, details)


def compressed_sound(path: Path, container: InputContainer, content_type: str, limits: Limits) -> Facts:
    """Facts of an audio-only container opened by PyAV."""
    details = sound_facts(container, limits)
    details.pop("start_offset_s")
    return Facts("audio", content_type, path.stat().st_size, details)


def sound_facts(container: InputContainer, limits: Limits) -> dict[str, Any]:
    """Rate, channels, length, codec and first instant of a container's first sound stream, decoded to its end."""
    stream = container.streams.audio[0]
    samples, start_s = 0, None
    for frame in container.decode(stream):
        start_s = frame.time if start_s is None else start_s
        samples += frame.samples
        if samples > (limits.max_audio_s + 1) * stream.codec_context.sample_rate:
            raise _too_long(limits)
    if not samples or start_s is None:
        raise Refused("audio_undecodable", "Not one sample of the sound can be decoded.", _REEXPORT)
    rate = stream.codec_context.sample_rate
    return {
        "sample_rate_hz": rate,
        "channels": stream.codec_context.channels,
        "duration_s": round(samples / rate, 6),
        "codec": stream.codec_context.codec.canonical_name,
        "start_offset_s": start_s,
    }


def _read_all(path: Path, limits: Limits) -> dict[str, Any]:
    with soundfile.SoundFile(path) as sound:
        # A header may claim any length; what is read is what is there.
        most = int(limits.max_audio_s * sound.samplerate)
        count = 0
        for block in sound.blocks(blocksize=_BLOCK_FRAMES, dtype="float32", always_2d=True):
            count += len(block)
            if not np.isfinite(block).all():
                raise Refused("audio_not_finite", "The sound holds values that are not numbers.", _REEXPORT)
            if count > most:
                raise _too_long(limits)
        if count == 0 or (sound.format != "MP3" and count < sound.frames):
            raise Refused(
                "audio_undecodable", f"The sound breaks off after {count} of {sound.frames} samples.", _REEXPORT
            )
        return {
            "sample_rate_hz": sound.samplerate,
            "channels": sound.channels,
            "duration_s": round(count / sound.samplerate, 6),
            "codec": sound.subtype.lower(),
        }


def _check_riff(path: Path) -> None:
    """See that the data of a wav is all there: libsndfile silently reads what is left."""
    size = path.stat().st_size
    for name, start, length in _riff_chunks(path, size):
        if name != b"data":
            continue
        # Recorders that stream write 0 or all ones for a length they could not know.
        if length not in (0, 0xFFFFFFFF) and start + length > size:
            missing = start + length - size
            raise Refused("audio_undecodable", f"The sound is cut short by {missing} bytes.", _REEXPORT)
        return
    raise Refused("audio_undecodable", "The wav file holds no sound.", _REEXPORT)


def _riff_chunks(path: Path, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and claimed length of each chunk's data."""
    position = 12
    with path.open("rb") as file:
        while position + 8 <= size:
            file.seek(position)
            head = file.read(8)
            length = int.from_bytes(head[4:], "little")
            yield head[:4], position + 8, length
            position += 8 + length + length % 2


def _too_long(limits: Limits) -> Refused:
    return Refused("audio_too_long", "The sound is too long.", f"Cut it to {limits.max_audio_s:.0f} s at most.")
