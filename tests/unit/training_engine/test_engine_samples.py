"""Samples over steps: of the same held-out shots, told with their words, and without a trace in what is learnt."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest
from safetensors.torch import load_file

from training.engine.run import run_job
from training.engine.samples import spread
from training.engine.spec import TrainingConfig, TrainingJob

MakeJob = Callable[..., TrainingJob]


def told(output: Path, event: str) -> list[dict[str, Any]]:
    events = [json.loads(line) for line in (output / "metrics.jsonl").read_text().splitlines()]
    return [one for one in events if one["event"] == event]


def test_every_save_shows_the_same_held_out_shots(make_job: MakeJob) -> None:
    job = make_job(samples=2)
    run_job(job, stop=lambda: False)
    sampled = told(job.output, "sampled")
    assert [one["step"] for one in sampled] == [0, 3, 6]
    assert {tuple(shot["caption"] for shot in one["samples"]) for one in sampled} == {
        ("a block slides right, take 4", "a block slides right, take 4")
    }  # two windows of the one sample that is held out
    for one in sampled:
        with av.open(str(job.output / one["folder"] / "1.mp4")) as film:
            assert [stream.type for stream in film.streams] == ["video", "audio"]
            assert (film.streams.video[0].width, film.streams.video[0].height) == (one["width"], one["height"])
        assert (job.output / one["folder"] / "1.webp").stat().st_size


def test_samples_change_nothing_of_what_is_learnt(make_job: MakeJob) -> None:
    shown, unseen = make_job("shown", samples=1, ema=0.9), make_job("unseen", ema=0.9)
    for job in (shown, unseen):
        run_job(job, stop=lambda: False)
    losses = [[step["loss"] for step in told(job.output, "step")] for job in (shown, unseen)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-6)
    first, second = (load_file(job.output / "adapter.safetensors") for job in (shown, unseen))
    assert all((first[name] - second[name]).abs().max() < 1e-6 for name in first)
    assert TrainingConfig(samples=1).fingerprint(base_fingerprint="a") == TrainingConfig(samples=0).fingerprint(
        base_fingerprint="a"
    )


def test_a_run_that_is_stopped_makes_no_last_samples(make_job: MakeJob) -> None:
    stops = iter([False] * 6)  # five samples are read, one step is made
    job = make_job(samples=1, save_every=100)
    assert run_job(job, stop=lambda: next(stops, True))["ended"] == "cancelled"
    assert [one["step"] for one in told(job.output, "sampled")] == [0]


def test_shots_are_taken_evenly(tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(10)]
    assert [path.name for path in spread(files, 3)] == ["0", "3", "6"]
    assert spread(files[:2], 8) == files[:2]
    assert spread([], 2) == []
