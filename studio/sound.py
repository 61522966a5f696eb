"""The sound stage: what the subjects do is heard at the very instants at which it happens, over the place's own tone.

Impacts are struck modes (decaying sines) with a click, evaluated at exact sample times; rolling, scraping, engines and
ambience are shaped noise. There is no delay by distance: picture and sound agree to the sample.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.camera_moves import path
from studio.motion import contacts, track
from studio.specs import Ambience, Scene, SoundEvent, Subject

Array = NDArray[np.float64]
_TARGET_RMS = 10 ** (-24 / 20)
_PEAK = 0.89

# verb -> AudioSet name and id of its contacts
_STRUCK = {
    "bounces": ("Bouncing", "/m/07pqn27"),
    "falls": ("Thump, thud", "/m/07qnq_y"),
    "jumps": ("Thump, thud", "/m/07qnq_y"),
    "walks": ("Walk, footsteps", "/m/07pbtc8"),
}
_DRAWN = {
    "rolls": ("Roll", "/m/07s8j8t"),
    "slides": ("Scrape", "/m/07qv4k0"),
    "drives": ("Car", "/m/0k4j"),
}
# noun -> mode frequencies in Hz, decay in s of the lowest
_BODIES: dict[str, tuple[tuple[float, ...], float]] = {
    "ball": ((172.0, 391.0, 640.0), 0.07),
    "crate": ((118.0, 263.0, 471.0, 733.0), 0.09),
    "barrel": ((96.0, 241.0, 388.0), 0.12),
    "cone": ((214.0, 502.0), 0.05),
    "robot": ((152.0, 610.0, 1340.0), 0.06),
    "person": ((92.0, 210.0), 0.045),
    "dog": ((260.0, 540.0), 0.025),
}
_METAL = ((523.0, 1187.0, 1931.0, 2749.0), 0.28)


def record_sound(scene: Scene, *, sample_rate_hz: int = 48_000) -> tuple[NDArray[np.float32], tuple[SoundEvent, ...]]:
    """Stereo `[2, N]` in [-0.89, 0.89] and the events heard in it, by onset; ambience lasts from beginning to end."""
    count = round(scene.duration_s * sample_rate_hz)
    mix = np.zeros((2, count))
    events: list[SoundEvent] = []
    for index, layer in enumerate(scene.ambience):
        rng = np.random.default_rng([scene.seed, 30, index])
        mix += _ambience(layer, count, sample_rate_hz, rng)
        events.append(SoundEvent(0.0, scene.duration_s, layer.label, layer.mid, "", False))
    for index, subject in enumerate(scene.subjects):
        rng = np.random.default_rng([scene.seed, 31, index])
        events += _strike(scene, subject, mix, sample_rate_hz, rng)
        events += _draw(scene, subject, mix, sample_rate_hz, rng)
    rms, peak = math.sqrt(float(np.mean(mix**2))), float(np.abs(mix).max())
    gain = min(_TARGET_RMS / max(rms, 1e-9), _PEAK / max(peak, 1e-9))
    ordered = tuple(sorted(events, key=lambda event: (event.onset_s, event.subject)))
    return (mix * gain).astype(np.float32), ordered


def hearing(scene: Scene, subject: Subject, times_s: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Left and right gains `[T, 2]`, distance `[T]`, and whether the subject is in a square picture `[T]`."""
    poses, zooms = path(scene, times_s)
    center = track(subject, times_s).position + np.array([0.0, 0.5 * subject.height_m, 0.0])
    seen = np.einsum("tji,tj->ti", poses[:, :3, :3], center - poses[:, :3, 3])
    distance = np.linalg.norm(seen, axis=1)
    pan = 0.25 * np.pi * (1 + 0.8 * np.clip(seen[:, 0] / np.maximum(distance, 1e-6), -1, 1))
    gains = np.stack([np.cos(pan), np.sin(pan)], axis=1) / np.maximum(distance, 1.0)[:, None]
    half = math.tan(math.radians(scene.camera.fov_y_deg) / 2) / zooms
    inside = np.maximum(np.abs(seen[:, 0]), np.abs(seen[:, 1])) < half * np.maximum(seen[:, 2], 0)
    return gains, distance, inside


def _strike(scene: Scene, subject: Subject, mix: Array, rate: int, rng: np.random.Generator) -> list[SoundEvent]:
    """Adds the subject's impacts to the mix."""
    touches = [c for c in contacts(subject) if 0 <= c.time_s < scene.duration_s]
    if not touches:
        return []
    label, mid = _STRUCK[subject.motion.verb]
    if subject.noun == "dog" and subject.motion.verb == "walks":
        label, mid = "Patter", "/m/07r4gkf"
    modes, decay_s = _METAL if subject.material == "metallic" and subject.noun == "ball" else _BODIES[subject.noun]
    gains, _, seen = hearing(scene, subject, np.array([c.time_s for c in touches]))
    events = []
    for touch, gain, inside in zip(touches, gains, seen, strict=True):
        first = math.ceil(touch.time_s * rate - 1e-9)
        t = np.arange(first, min(mix.shape[1], first + round(8 * decay_s * rate))) / rate - touch.time_s
        wave = impact(t, modes, decay_s, rng) * 0.25 * touch.speed_m_s
        mix[:, first : first + len(t)] += gain[:, None] * wave
        last = min(scene.duration_s, touch.time_s + 4 * decay_s)
        events.append(SoundEvent(touch.time_s, last, label, mid, subject.name, bool(inside)))
    return events


def impact(t: Array, modes: tuple[float, ...], decay_s: float, rng: np.random.Generator) -> Array:
    """A blow at t = 0: struck modes, the higher the shorter, and a 3 ms click."""
    pitch = 1 + 0.04 * rng.standard_normal()
    wave = 0.8 * rng.standard_normal(len(t)) * np.exp(-t / 0.003)
    for k, frequency in enumerate(modes):
        wave += np.cos(2 * np.pi * frequency * pitch * t) * np.exp(-t * (1 + 0.7 * k) / decay_s) / (1 + 0.6 * k)
    return wave


def _draw(scene: Scene, subject: Subject, mix: Array, rate: int, rng: np.random.Generator) -> list[SoundEvent]:
    """Adds what sounds as long as the subject moves: rolling, scraping, an engine."""
    motion = subject.motion
    if motion.verb not in _DRAWN:
        return []
    label, mid = _DRAWN[motion.verb]
    start, end = max(0.0, motion.start_s), min(scene.duration_s, motion.end_s)
    first, last = math.ceil(start * rate), math.floor(end * rate)
    t = np.arange(first, last) / rate
    if motion.verb == "drives":
        wave = _engine(t, rng)
    else:
        low, high = (60.0, 500.0) if motion.verb == "rolls" else (700.0, 3800.0)
        wave = _band(len(t), rate, low, high, rng) * (1 + 0.35 * np.sin(2 * np.pi * 5.3 * t))
    edge = np.clip(np.minimum(t - start, end - t) / 0.01, 0, 1)
    coarse = np.linspace(start, end, max(2, scene.num_frames))
    gains, _, seen = hearing(scene, subject, coarse)
    smooth = np.stack([np.interp(t, coarse, gains[:, side]) for side in range(2)])
    mix[:, first:last] += smooth * wave * edge * 0.12
    return [SoundEvent(start, end, label, mid, subject.name, bool(seen.any()))]


def _engine(t: Array, rng: np.random.Generator) -> Array:
    base = 42.0 * (1 + 0.1 * rng.random())
    wobble = 0.4 * np.sin(2 * np.pi * 0.7 * t)
    overtone = np.arange(1, 8)[:, None]
    return 0.8 * (np.sin(2 * np.pi * base * overtone * t + wobble * overtone + overtone**2) / overtone).sum(axis=0)


def _band(count: int, rate: int, low_hz: float, high_hz: float, rng: np.random.Generator, tilt: float = 0.0) -> Array:
    """Noise of RMS 1 between two frequencies, falling by `tilt` powers of the frequency."""
    spectrum = np.fft.rfft(rng.standard_normal(max(count, 2)))
    frequency = np.fft.rfftfreq(max(count, 2), 1 / rate)
    gate = 1 / (1 + (low_hz / np.maximum(frequency, 1e-3)) ** 4) / (1 + (frequency / high_hz) ** 4)
    wave = np.fft.irfft(spectrum * gate / np.maximum(frequency, 20.0) ** tilt, n=max(count, 2))[:count]
    return wave / max(float(np.sqrt(np.mean(wave**2))), 1e-12)


def _ambience(layer: Ambience, count: int, rate: int, rng: np.random.Generator) -> Array:
    """One layer of a place's tone, `[2, N]`; the two sides are alike but not the same."""
    level = 10 ** (layer.level_db / 20)
    t = np.arange(count) / rate
    if layer.name in ("birds", "crickets"):
        return level * (_birds(t, rng) if layer.name == "birds" else _crickets(t, rng))
    low, high, tilt = {
        "wind": (40.0, 700.0, 0.6),
        "traffic": (30.0, 420.0, 0.8),
        "fan": (60.0, 1500.0, 0.5),
    }.get(layer.name, (30.0, 900.0, 0.7))
    middle = _band(count, rate, low, high, rng, tilt)
    sides = np.stack([middle + 0.5 * _band(count, rate, low, high, rng, tilt) for _ in range(2)])
    gust = 1 + 0.5 * np.sin(2 * np.pi * (0.23 * t + rng.random())) if layer.name == "wind" else np.ones(count)
    if layer.name == "fan":
        sides = sides + 0.8 * np.sin(2 * np.pi * 120.0 * t)
    return level * sides * gust


def _birds(t: Array, rng: np.random.Generator) -> Array:
    out = np.zeros((2, len(t)))
    length = float(t[-1]) if len(t) else 0.0
    for _ in range(max(1, round(1.3 * length))):
        at, base, pan = rng.uniform(0, max(length - 0.1, 0.01)), rng.uniform(2600, 4600), rng.random()
        for k in range(int(rng.integers(2, 5))):
            u = t - at - 0.13 * k
            note = np.where((u > 0) & (u < 0.09), np.sin(np.pi * np.clip(u / 0.09, 0, 1)) ** 2, 0.0)
            out += np.array([[1 - pan], [pan]]) * note * np.sin(2 * np.pi * (base * u + 4000 * u * u)) * 2.0
    return out


def _crickets(t: Array, rng: np.random.Generator) -> Array:
    pulse = np.clip(np.sin(2 * np.pi * 24 * t), 0, 1) ** 2 * (np.sin(2 * np.pi * 1.7 * t + rng.random()) > -0.2)
    chirp = pulse * np.sin(2 * np.pi * 4300 * t)
    return np.stack([chirp, 0.7 * chirp]) * 1.5
