"""A run as a whole: it learns, resumes to the same losses, and refuses what it cannot do."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from safetensors.torch import load_file

from tests.factories.shards import make_members, write_shard
from training.engine.run import Cancelled, run_job
from training.engine.spec import JobRefused, TrainingJob
from videomodel import registry
from videomodel.lora import read_facts

MakeJob = Callable[..., TrainingJob]


def never() -> bool:
    return False


def after(calls: int) -> Callable[[], bool]:
    """A stop that says yes from its n-th call on."""
    left: Iterator[bool] = iter([False] * calls)
    return lambda: next(left, True)


def losses(output: Path) -> dict[int, float]:
    events = [json.loads(line) for line in (output / "metrics.jsonl").read_text().splitlines()]
    return {event["step"]: event["loss"] for event in events if event["event"] == "step"}


def test_a_run_killed_and_resumed_has_the_losses_of_a_straight_run(make_job: MakeJob) -> None:
    straight = make_job("straight", steps=20, save_every=5)
    run_job(straight, stop=never)
    broken = make_job("broken", steps=20, save_every=5)
    cancelled = run_job(broken, stop=after(5 + 10))
    assert cancelled["ended"] == "cancelled"
    assert cancelled["step"] == 10
    run_job(broken, stop=never)

    assert sorted(losses(broken.output)) == list(range(1, 21))
    assert losses(broken.output) == pytest.approx(losses(straight.output), rel=1e-5)
    first, second = (load_file(job.output / "adapter.safetensors") for job in (straight, broken))
    assert all((first[name] - second[name]).abs().max() < 1e-6 for name in first)


def test_training_lowers_the_validation_loss(make_job: MakeJob) -> None:
    job = make_job(steps=60, save_every=60, lr=1e-2, batch=4)
    result = run_job(job, stop=never)
    events = [json.loads(line) for line in (job.output / "metrics.jsonl").read_text().splitlines()]
    validated = [event for event in events if event["event"] == "validated"]
    assert [event["step"] for event in validated] == [0, 60]
    assert validated[1]["loss"] < 0.97 * validated[0]["loss"]
    assert validated[1]["loss_video"] < validated[0]["loss_video"]
    assert result["validation_loss"] == [event["loss"] for event in validated]
    assert result["loss_last"] < result["loss_first"]


def test_the_adapter_names_the_weights_it_belongs_to(make_job: MakeJob, tiny_base: Path) -> None:
    job = make_job(steps=2)
    result = run_job(job, stop=never)
    facts = read_facts(job.output / "adapter.safetensors")
    assert facts["base_fingerprint"] == registry.load("slate-nano", tiny_base).fingerprint
    assert facts["config_fingerprint"] == result["config_fingerprint"]
    assert facts["step"] == 2


def test_resuming_with_another_learning_rate_is_refused(make_job: MakeJob) -> None:
    run_job(make_job(steps=2), stop=never)
    with pytest.raises(JobRefused, match="another configuration"):
        run_job(make_job(steps=4, lr=1e-2), stop=never)


def test_resuming_with_more_steps_goes_on(make_job: MakeJob) -> None:
    run_job(make_job(steps=2), stop=never)
    result = run_job(make_job(steps=4), stop=never)
    assert result["step"] == 4


def test_a_run_stops_at_its_time_and_keeps_what_it_learnt(make_job: MakeJob) -> None:
    job = make_job(steps=100_000, max_seconds=0.3)
    result = run_job(job, stop=never)
    assert result["ended"] == "max_seconds"
    assert 0 < result["step"] < 100_000
    assert (job.output / result["adapter"]).is_file()


def test_a_run_without_a_usable_clip_is_refused_with_the_causes(make_job: MakeJob, tmp_path: Path) -> None:
    blind, short = make_members(0), make_members(1, seconds=0.3)
    del blind["mp4"]
    shard = write_shard(tmp_path / "bad.tar", {"a": blind, "b": short})
    with pytest.raises(JobRefused, match=r"None of 2 samples.*there is no clip.*too short"):
        run_job(make_job(shards=[str(shard)]), stop=never)


def test_a_missing_split_is_refused_by_name(make_job: MakeJob) -> None:
    with pytest.raises(JobRefused, match="No sample of the split 'test'"):
        run_job(make_job(split="test"), stop=never)


def test_a_damaged_shard_is_refused_by_name(make_job: MakeJob, shard: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tar"
    cut.write_bytes(shard.read_bytes()[:5000])
    with pytest.raises(JobRefused, match=r"cut\.tar is damaged"):
        run_job(make_job(shards=[str(cut)]), stop=never)


def test_a_base_that_is_not_there_is_refused(make_job: MakeJob, tmp_path: Path) -> None:
    job = make_job().model_copy(update={"base": str(tmp_path / "nothing")})
    with pytest.raises(JobRefused, match=r"config\.json is missing"):
        run_job(job, stop=never)


def test_stopping_while_samples_are_encoded_is_a_cancel(make_job: MakeJob) -> None:
    with pytest.raises(Cancelled):
        run_job(make_job(), stop=after(2))


def test_the_moving_average_is_what_is_saved_when_asked_for(make_job: MakeJob) -> None:
    with_average, without = make_job("ema", steps=6, ema=0.9), make_job("raw", steps=6)
    for job in (with_average, without):
        run_job(job, stop=never)
    averaged, raw = (load_file(job.output / "adapter.safetensors") for job in (with_average, without))
    name = next(name for name in raw if "lora_B" in name)
    assert 0 < averaged[name].abs().max() < raw[name].abs().max()
