"""Clips, and sound in the containers of clips: every frame is decoded."""

from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition

from curation.probing.boxes import check_boxes
from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused
from curation.probing.frames import Timing, decode_all
from curation.probing.opening import opened
from curation.probing.sounds import compressed_sound, sound_facts

_HDR_TRANSFERS = {16: "pq", 18: "hlg"}  # ITU-T H.273 transfer characteristics
_REEXPORT = "Export it again (H.264 in mp4 is safest) and check that it plays to the end."


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a clip, or of sound alone where the container has no picture.

    Raises:
        Refused: It does not decode to its end, is too long or too large, or holds neither picture nor sound.
    """
    if found.name == "isobmff":
        check_boxes(path)
    try:
        with opened(path, demuxer=found.demuxer) as container:
            pictures = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
            if pictures:
                return _clip(path, container, found, name, limits)
            if found.name == "isobmff" and container.streams.audio:
                return compressed_sound(path, container, "audio/mp4", limits)
    except av.error.FFmpegError as error:
        raise _undecodable(error) from error
    raise Refused(
        "clip_without_picture", "There is no picture in this file.", "Upload a clip, or the sound as wav or flac."
    )


def _clip(path: Path, container: InputContainer, found: Format, name: str, limits: Limits) -> Facts:
    stream = next(s for s in container.streams.video if not s.disposition & Disposition.attached_pic)
    width, height = stream.codec_context.width, stream.codec_context.height
    if not width or not height:
        raise Refused("clip_undecodable", "The clip has no picture size.", _REEXPORT)
    if width * height > limits.max_clip_pixels:
        raise Refused("clip_too_large", f"The clip is {width}x{height}.", "Export it at 4096x2304 or smaller.")
    declared_s = _declared_s(container, stream)
    if declared_s > limits.max_clip_s:
        raise _too_long(declared_s, limits)
    timing = decode_all(container, stream, limits)
    if not timing.times_s:
        raise Refused("clip_undecodable", "Not one frame of the clip can be decoded.", _REEXPORT)
    sound = _sound(container, timing, limits)
    reached_s = timing.end_s if stream.duration else max(timing.end_s, sound.pop("audio_end_s", 0.0))
    if timing.damaged or declared_s - reached_s > max(0.25, 3 * timing.step_s):
        raise Refused(
            "clip_undecodable",
            f"The clip breaks off: {reached_s:.2f} s of {declared_s:.2f} s can be decoded.",
            "The upload or the file is cut short. " + _REEXPORT,
        )
    sound.pop("audio_end_s", None)
    details = {"width": width, "height": height, **_picture(stream, timing), **sound}
    return Facts("clip", _content_type(found, name), path.stat().st_size, details)


def _declared_s(container: InputContainer, stream: Any) -> float:
    """How long the container says the picture lasts, or all of it (Matroska); 0 where it does not say."""
    if stream.duration:
        return float(stream.duration * stream.time_base)
    return float(container.duration / av.time_base) if container.duration else 0.0


def _picture(stream: Any, timing: Timing) -> dict[str, Any]:
    rate = stream.average_rate or stream.guessed_rate
    context = stream.codec_context
    return {
        "fps_num": int(rate.numerator) if rate else round(1000 / timing.step_s),
        "fps_den": int(rate.denominator) if rate else 1000,
        "num_frames": len(timing.times_s),
        "duration_s": round(timing.end_s - timing.times_s[0], 6),
        "codec": context.codec.canonical_name,
        "pix_fmt": context.pix_fmt,
        "rotation": timing.rotation_deg,
        "time_base": [stream.time_base.numerator, stream.time_base.denominator],
        "start_offset_s": round(timing.times_s[0], 6),
        "constant_frame_rate": timing.is_constant(float(stream.time_base)),
        "hdr": _HDR_TRANSFERS.get(int(getattr(context, "color_trc", 0) or 0)),
    }


def _sound(container: InputContainer, timing: Timing, limits: Limits) -> dict[str, Any]:
    if not container.streams.audio:
        return {"has_audio": False, "av_offset_s": None}
    container.seek(0)
    sound = sound_facts(container, limits)
    offset = sound.pop("start_offset_s")
    return {
        "has_audio": True,
        "av_offset_s": round(offset - timing.times_s[0], 6),
        "audio_end_s": offset + sound["duration_s"],
        **{f"audio_{key}": value for key, value in sound.items()},
    }


def _content_type(found: Format, name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if found.name == "matroska":
        return "video/webm" if ending == "webm" else "video/x-matroska"
    return "video/quicktime" if ending == "mov" else "video/mp4"


def _too_long(seconds: float, limits: Limits) -> Refused:
    return Refused(
        "clip_too_long",
        f"The clip lasts {seconds:.1f} s.",
        f"Cut it to {limits.max_clip_s:.0f} s at most; one shot is usually 2 to 20 s.",
    )


def _undecodable(error: Exception) -> Refused:
    return Refused("clip_undecodable", f"The clip cannot be decoded ({type(error).__name__}).", _REEXPORT)
