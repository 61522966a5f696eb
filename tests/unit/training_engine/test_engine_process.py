"""The command as its own process: its exit statuses, a kill at any moment, shards over HTTP."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from training.engine.__main__ import main
from training.engine.run import run_job
from training.engine.spec import JobRefused, TrainingJob, read_job

MakeJob = Callable[..., TrainingJob]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def shard_address(shard: Path) -> Iterator[str]:
    handler = partial(Quiet, directory=str(shard.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{shard.name}?X-Signature=secret"
        server.shutdown()
        thread.join()


def start(job: TrainingJob, path: Path) -> subprocess.Popen[str]:
    path.write_text(job.model_dump_json())
    command = [sys.executable, "-m", "training.engine", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"})


def until_step(process: subprocess.Popen[str], step: int) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "step" and event["step"] >= step:
            return
    raise AssertionError(f"step {step} never came")


def steps_of(output: Path) -> dict[int, float]:
    events = [json.loads(line) for line in (output / "metrics.jsonl").read_text().splitlines()]
    return {event["step"]: event["loss"] for event in events if event["event"] == "step"}


def test_a_process_killed_outright_goes_on_to_the_same_losses(make_job: MakeJob, tmp_path: Path) -> None:
    job = make_job("killed", steps=30, save_every=5)
    with start(job, tmp_path / "job.json") as process:
        until_step(process, 12)
        process.kill()
    saved = sorted((tmp_path / "killed").glob("checkpoint-*"))
    assert saved
    run_job(job, stop=lambda: False)
    run_job(straight := make_job("straight", steps=30, save_every=100), stop=lambda: False)
    assert steps_of(job.output) == pytest.approx(steps_of(straight.output), rel=1e-5)


def test_a_process_asked_to_stop_saves_and_exits_as_cancelled(make_job: MakeJob, tmp_path: Path) -> None:
    job = make_job("stopped", steps=100_000, save_every=100_000)
    with start(job, tmp_path / "job.json") as process:
        until_step(process, 3)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        rest = process.stdout.read().splitlines()
        assert process.wait(60) == 4
    finished = json.loads(rest[-1])
    assert finished["ended"] == "cancelled"
    assert (job.output / finished["checkpoint"]).is_dir()


def test_shards_are_read_over_http(make_job: MakeJob, shard_address: str) -> None:
    result = run_job(make_job(shards=[shard_address], steps=2), stop=lambda: False)
    assert result["step"] == 2


def test_an_expired_address_is_refused_without_its_signature(make_job: MakeJob, shard_address: str) -> None:
    gone = shard_address.replace(".tar", ".gone")
    with pytest.raises(JobRefused, match="404") as refusal:
        run_job(make_job(shards=[gone]), stop=lambda: False)
    assert "secret" not in str(refusal.value)


def test_a_job_that_is_not_valid_names_every_key(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    path.write_text(json.dumps({"base": "x", "shards": [], "output": "y", "config": {"stepz": 5, "lr": -1}}))
    with pytest.raises(JobRefused, match=r"shards.*config\.lr.*config\.stepz"):
        read_job(path)


def test_the_command_tells_a_refusal_and_exits_with_its_own_status(
    make_job: MakeJob, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "job.json"
    path.write_text(make_job(split="nothing").model_dump_json())
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert main([str(path)]) == 3
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told == {"event": "refused", "reason": "No sample of the split 'nothing' is in the shards."}


@pytest.mark.deep
def test_two_processes_train_one_adapter(make_job: MakeJob, tmp_path: Path) -> None:
    job = make_job("pair", steps=100_000, save_every=5)
    (tmp_path / "job.json").write_text(job.model_dump_json())
    launcher = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", "2", "--standalone"]
    command = [*launcher, "-m", "training.engine", str(tmp_path / "job.json")]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        until_step(process, 7)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        process.stdout.read()
        process.wait(60)
    events = [json.loads(line) for line in (job.output / "metrics.jsonl").read_text().splitlines()]
    steps = [event["step"] for event in events if event["event"] == "step"]
    assert steps == list(range(1, len(steps) + 1))  # one process reports, not both
    assert events[-1]["event"] == "finished"
    assert events[-1]["ended"] == "cancelled"
