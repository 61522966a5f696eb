"""What is heard happens when it is seen."""

import numpy as np
import pytest

import studio
from studio.motion import contacts, track
from studio.sound import record_sound

RATE = 48_000


def _silenced(seed: int, **wishes: object) -> tuple[studio.Scene, np.ndarray, tuple[studio.SoundEvent, ...]]:
    """A scene without ambience, its sound summed over both sides, and its events."""
    from dataclasses import replace

    scene = replace(studio.compose(seed, **wishes), ambience=())  # type: ignore[arg-type]  # names are compose's own
    sound, events = record_sound(scene, sample_rate_hz=RATE)
    return scene, np.abs(sound).sum(0), events


@pytest.mark.parametrize(
    ("subject", "action", "label"),
    [
        ("ball", "bounces", "Bouncing"),
        ("crate", "falls", "Thump, thud"),
        ("robot", "walks", "Walk, footsteps"),
        ("dog", "jumps", "Thump, thud"),
    ],
)
def test_the_first_sound_starts_within_a_millisecond_of_the_touch(subject: str, action: str, label: str) -> None:
    scene, loudness, events = _silenced(3, subject=subject, action=action, count=1, duration_s=3.0)
    touch = contacts(scene.subjects[0])[0].time_s
    heard = np.nonzero(loudness > 0.02 * loudness.max())[0][0] / RATE
    assert abs(heard - touch) < 1e-3
    assert (events[0].onset_s, events[0].label) == (touch, label)


def test_a_ball_is_on_the_ground_when_it_is_heard() -> None:
    scene = studio.compose(14, subject="ball", action="bounces", count=1, duration_s=4.0)
    touches = np.array([c.time_s for c in contacts(scene.subjects[0])])
    assert len(touches) >= 3
    around = track(scene.subjects[0], np.concatenate([touches, touches - 0.02, touches + 0.02])).position[:, 1]
    at, before, after = around.reshape(3, -1)
    assert np.abs(at).max() < 1e-6
    assert (before > 0.01).all()
    assert (after > 0.005).all()


def test_a_foot_is_furthest_forward_when_a_step_is_heard() -> None:
    scene = studio.compose(15, subject="person", action="walks", count=1, duration_s=3.0)
    touches = np.array([c.time_s for c in contacts(scene.subjects[0])])
    swing = track(scene.subjects[0], touches).joints["leg_l"][:, 2, 1]
    assert np.allclose(np.abs(swing), np.sin(0.55))
    assert (np.sign(swing[1:]) == -np.sign(swing[:-1])).all()


def test_every_contact_within_the_clip_is_an_event() -> None:
    scene, _, events = _silenced(16, subject="robot", action="walks", count=1, duration_s=3.0)
    assert [e.onset_s for e in events] == [c.time_s for c in contacts(scene.subjects[0]) if c.time_s < 3.0]
    assert {e.subject for e in events} == {scene.subjects[0].name}


def test_events_lie_within_the_clip_and_carry_audioset_ids() -> None:
    for seed in range(12):
        scene = studio.compose(seed)
        for event in record_sound(scene, sample_rate_hz=8_000)[1]:
            assert 0 <= event.onset_s <= event.offset_s <= scene.duration_s
            assert event.mid.startswith(("/m/", "/t/"))


def test_sound_is_neither_silent_nor_clipped_at_any_rate() -> None:
    for seed, rate in [(0, 48_000), (5, 16_000), (9, 44_100)]:
        sound, _ = record_sound(studio.compose(seed), sample_rate_hz=rate)
        assert sound.shape == (2, 2 * rate)
        assert np.sqrt(np.mean(sound**2)) > 0.005
        assert np.abs(sound).max() <= 0.9


def test_what_stands_to_the_left_is_louder_on_the_left() -> None:
    from studio.sound import hearing

    scene = studio.compose(17, subject="crate", action="falls", count=3, move="static", place="desert")
    times = np.array([0.5])
    gains = {subject.name: hearing(scene, subject, times)[0][0] for subject in scene.subjects}
    sides = [gains[s.name][0] - gains[s.name][1] for s in scene.subjects]
    assert sides[0] > sides[1] > sides[2]
