"""How glTF moves things: keyed channels, interpolated as the specification says (3.11 and appendix C)."""

from dataclasses import dataclass

import numpy as np

from curation.record.cameras.gltf_container import Document, array, objects
from curation.record.cameras.json_values import Object
from curation.record.cameras.path import MAX_FRAMES, Floats
from curation.record.cameras.rotations import slerp
from curation.record.problems import refuse

POINTER = "KHR_animation_pointer"
SAMPLED_FPS = 24.0
MAX_VALUES = 16 * MAX_FRAMES
_WIDTHS = {"translation": 3, "rotation": 4, "scale": 3, "pointer": 1}


@dataclass(frozen=True)
class Channel:
    """One animated property.

    Attributes:
        times_s: `[K]` keys, increasing.
        values: `[K, width]`; for CUBICSPLINE `[K, 3, width]`, in-tangent, value, out-tangent.
        interpolation: LINEAR, STEP or CUBICSPLINE.
        spherical: The values are quaternions (x, y, z, w).
    """

    times_s: Floats
    values: Floats
    interpolation: str
    spherical: bool

    def at(self, times_s: Floats) -> Floats:
        """`[N, width]` values at the instants; before the first key and after the last their own."""
        inside = np.clip(times_s, self.times_s[0], self.times_s[-1])
        right = np.clip(np.searchsorted(self.times_s, inside, side="right"), 1, max(len(self.times_s) - 1, 1))
        left, right = right - 1, np.minimum(right, len(self.times_s) - 1)
        span = self.times_s[right] - self.times_s[left]
        share = np.divide(inside - self.times_s[left], span, out=np.zeros_like(inside), where=span > 0)
        if self.interpolation == "CUBICSPLINE":
            return self._spline(left, right, share, span)
        if self.interpolation == "STEP":
            return self.values[np.where(share >= 1, right, left)]
        if self.spherical:
            return slerp(self.values[left], self.values[right], share)
        return self.values[left] + (self.values[right] - self.values[left]) * share[:, None]

    def _spline(self, left: np.ndarray, right: np.ndarray, share: Floats, span: Floats) -> Floats:
        t, step = share[:, None], span[:, None]
        start, leaving = self.values[left, 1], self.values[left, 2] * step
        end, arriving = self.values[right, 1], self.values[right, 0] * step
        return (
            (2 * t**3 - 3 * t**2 + 1) * start
            + (t**3 - 2 * t**2 + t) * leaving
            + (3 * t**2 - 2 * t**3) * end
            + (t**3 - t**2) * arriving
        )


def channels_of(document: Document, animation: Object, where: str, wanted: tuple[str, ...]) -> dict[str, Channel]:
    """The channels of an animation by what they move: `nodes/3/rotation`, or a pointer such as
    `cameras/0/perspective/yfov`.

    Args:
        wanted: How the names of the channels begin that are to be read.

    Raises:
        RecordRefused: A channel points outside the file, its keys are none, or there are too many.
    """
    samplers = objects(animation, "samplers", f"{where}.")
    found, values = dict[str, Channel](), 0
    for i, channel in enumerate(objects(animation, "channels", f"{where}.")):
        place, (moved, path) = f"{where}.channels[{i}]", _target(channel.get("target"))
        if not moved.startswith(wanted) or moved in found:
            continue
        sampler = channel.get("sampler")
        if isinstance(sampler, bool) or not isinstance(sampler, int) or not 0 <= sampler < len(samplers):
            raise refuse(place, "no_such_entry", "This channel has no sampler.", "Export the file again.")
        found[moved] = _channel(document, samplers[sampler], path, place)
        values += found[moved].values.size
        if values > MAX_VALUES:
            raise refuse(place, "too_large", "The camera's animation has too many keys.", "Bake it at its frame rate.")
    return found


def instants(channels: list[Channel], fps: float | None) -> tuple[Floats, tuple[str, ...]]:
    """`[F]` seconds of the frames: the keys themselves where all channels share them and are straight between them,
    else evenly spaced, and what was done.

    Args:
        channels: One at least.
        fps: The rate at which to sample, whatever the keys.

    Raises:
        RecordRefused: There would be too many frames.
    """
    keys = channels[0].times_s
    moving = [channel for channel in channels if len(channel.times_s) > 1]
    shared = all(np.array_equal(channel.times_s, moving[0].times_s) for channel in moving)
    if fps is None and shared and all(channel.interpolation == "LINEAR" for channel in moving):
        return (moving[0].times_s if moving else keys), ()
    start = min(channel.times_s[0] for channel in channels)
    end = max(channel.times_s[-1] for channel in channels)
    rate = fps or SAMPLED_FPS
    if (end - start) * rate > MAX_FRAMES - 2:
        raise refuse("animations", "too_many_frames", f"The animation lasts {end - start:,.0f} s.", "Cut it.")
    count = int((end - start) * rate + 1e-6) + 1
    note = f"The animation's curves were sampled at {rate:g} frames per second."
    return start + np.arange(count) / rate, (note,)


def _target(target: object) -> tuple[str, str]:
    """What a channel moves, and its path; empty where it moves nothing that is known here."""
    path = target.get("path") if isinstance(target, dict) else None
    if not isinstance(target, dict) or not isinstance(path, str) or path not in _WIDTHS:
        return "", ""
    if path != "pointer":
        return f"nodes/{target.get('node')}/{path}", path
    extensions = target.get("extensions")
    extension = extensions.get(POINTER) if isinstance(extensions, dict) else None
    pointer = extension.get("pointer") if isinstance(extension, dict) else None
    return (pointer.lstrip("/"), path) if isinstance(pointer, str) else ("", "")


def _channel(document: Document, sampler: Object, path: str, where: str) -> Channel:
    times_s, values = array(document, sampler.get("input"), where), array(document, sampler.get("output"), where)
    interpolation = sampler.get("interpolation", "LINEAR")
    if interpolation not in ("LINEAR", "STEP", "CUBICSPLINE"):
        raise refuse(where, "unknown_interpolation", "This interpolation is none of glTF's.", "Export with LINEAR.")
    if times_s.ndim != 1 or np.any(np.diff(times_s) <= 0):
        raise refuse(where, "times_not_increasing", "The keys of this channel do not increase.", "Export it again.")
    width, parts = _WIDTHS[path], 3 if interpolation == "CUBICSPLINE" else 1
    if values.size != len(times_s) * parts * width:
        raise refuse(where, "wrong_shape", "This channel has not one value per key.", "Export the file again.")
    shaped = values.reshape(-1, parts, width) if parts == 3 else values.reshape(-1, width)
    if path == "rotation":
        _check_rotations(shaped[:, 1] if parts == 3 else shaped, where)
        shaped = shaped if parts == 3 else shaped / np.linalg.norm(shaped, axis=1, keepdims=True)
    return Channel(times_s, shaped, interpolation, path == "rotation")


def _check_rotations(quaternions: Floats, where: str) -> None:
    if np.linalg.norm(quaternions, axis=1).min() < 1e-6:
        raise refuse(where, "not_a_rotation", "A quaternion of this channel has no length.", "Export it again.")
