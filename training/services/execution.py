"""A claimed run on this node: restore, start the engine, store what it says, settle."""

import json
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from common import jobs, storage
from curation import public as curation
from training.lifecycle import RunStatus
from training.models import Checkpoint, Run
from training.services import run_logs, run_samples, runs

ENGINE = "training.engine"
STOPPED = 4  # the engine's exit status after it was asked to stop and has saved
LINKS_LAST_S = 7 * 24 * 3600  # the longest that S3 signs for
FLUSH_EVERY_S = 1.0
NOT_LOGGED = {"step", "sampled"}  # they are shown as curves and clips

Clock = Callable[[], datetime]


class Listener:
    """Stores what the engine prints: metrics in batches, checkpoints and samples as they are made, the rest as log."""

    def __init__(self, run: Run, output: Path, clock: Clock) -> None:
        self.run, self.output, self.clock = run, output, clock
        self.refusal = ""
        self.log = run_logs.RunLog(run, output.parent / "stderr.log", clock)
        self._metrics: list[dict[str, Any]] = []
        self._flushed = time.monotonic()

    def hear(self, message: dict[str, Any]) -> None:
        event = message.pop("event", "")
        if event == "step":
            self._metrics.append(message)
        elif event == "saved":
            self.flush()
            _store_checkpoint(self.run, self.output / message["checkpoint"], now=self.clock())
        elif event == "sampled":
            run_samples.store(self.run, self.output / message["folder"], message, now=self.clock())
        elif event == "refused":
            self.refusal = message["reason"]
        if event not in NOT_LOGGED:
            self.log.hear(event, message)
        if time.monotonic() - self._flushed >= FLUSH_EVERY_S:
            self.flush()

    def flush(self) -> None:
        runs.record_metrics(self.run, self._metrics)
        self._metrics, self._flushed = [], time.monotonic()
        self.log.flush()

    def still_wanted(self) -> bool:
        """Asked every few seconds, also while the engine says nothing: what its libraries wrote is stored then."""
        self.log.flush()
        return runs.renew(self.run, now=self.clock())


def execute(run: Run, *, clock: Clock) -> Run:
    """The run in its last status for now. Raises `LeaseLost` where another worker has taken it over."""
    folder = settings.VAR / "jobs" / f"run-{run.id}"
    output = folder / "output"
    _restore(run, output)
    listener = Listener(run, output, clock)
    started = time.monotonic()
    end = jobs.run(
        ENGINE,
        _job(run, output),
        folder=folder,
        on_message=listener.hear,
        still_wanted=listener.still_wanted,
    )
    listener.flush()
    return _settle(run, end, listener, folder, seconds=time.monotonic() - started, now=clock())


def _job(run: Run, output: Path) -> dict[str, Any]:
    """The job spec: plain JSON, readable on a node that has no database."""
    export = curation.export_fact(run.export_id)
    wanted = {run.config["split"], run.config["validation_split"]}
    shards = [
        storage.read_link(
            shard.storage_key,
            content_type="application/x-tar",
            filename=shard.name,
            expires_s=LINKS_LAST_S,
            public=False,
        )
        for shard in export.shards
        if not shard.split or shard.split in wanted
    ]
    return {
        "model": run.base,
        "base": str(runs.weights_folder(run.base)),
        "shards": shards,
        "output": str(output),
        "config": run.config,
    }


def _restore(run: Run, output: Path) -> None:
    """The newest stored checkpoint, where the engine looks for it; what lies here already is not fetched again."""
    newest = run.checkpoints.order_by("-step").first()
    if newest is None:
        return
    target = output / f"checkpoint-{newest.step:08d}"
    if target.exists():
        return
    draft = output / f".restore-{newest.step}"
    draft.mkdir(parents=True, exist_ok=True)
    for file in newest.files:
        storage.download(newest.prefix + file["name"], draft / file["name"])
    draft.replace(target)


def _store_checkpoint(run: Run, folder: Path, *, now: datetime) -> Checkpoint:
    """Upload the files of a checkpoint, then make its row: a row never points at what is not there."""
    facts = json.loads((folder / "checkpoint.json").read_text())
    prefix = Checkpoint(run=run, step=facts["step"]).prefix
    files = []
    for path in sorted(folder.iterdir()):
        storage.upload(path, prefix + path.name)
        files.append({"name": path.name, "size": path.stat().st_size, "sha256": storage.file_sha256(path)})
    return runs.record_checkpoint(
        run,
        step=facts["step"],
        fingerprint=facts["adapter_sha256"],
        base_fingerprint=facts["base_fingerprint"],
        config_fingerprint=facts["config_fingerprint"],
        files=files,
        now=now,
    )


def _settle(run: Run, end: jobs.JobEnd, listener: Listener, folder: Path, *, seconds: float, now: datetime) -> Run:
    to, failure = _outcome(end, listener.refusal)
    result = folder / "output" / "result.json"
    device = json.loads(result.read_text())["device"] if to == RunStatus.FINISHED else run.device
    settled = runs.finish(run, to=to, now=now, device_seconds=seconds, device=device, failure=failure)
    if to == RunStatus.FINISHED:
        shutil.rmtree(folder)
    return settled


def _outcome(end: jobs.JobEnd, refusal: str) -> tuple[RunStatus, dict[str, str]]:
    if refusal:
        return RunStatus.FAILED, {"code": "job_refused", "message": refusal}
    if end.stopped:
        return RunStatus.CANCELLED, {}
    if end.returncode == STOPPED:  # the node is shutting down: another worker goes on from the checkpoint
        return RunStatus.QUEUED, {}
    if end.returncode:
        return RunStatus.FAILED, {"code": "engine_failed", "message": end.stderr or f"Exit status {end.returncode}."}
    return RunStatus.FINISHED, {}
