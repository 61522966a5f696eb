"""Shards made on the spot for the engine's tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.factories.shards import make_members, save_tiny_base, write_shard
from training.engine.spec import TrainingConfig, TrainingJob


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_base(tmp_path_factory.mktemp("tiny-base"))


@pytest.fixture(scope="session")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four samples to train on, one to validate."""
    samples = {f"take-{seed}": make_members(seed) for seed in range(4)}
    samples["take-4"] = make_members(4, split="validation")
    return write_shard(tmp_path_factory.mktemp("shards") / "shard-000000.tar", samples)


@pytest.fixture
def make_job(tiny_base: Path, shard: Path, tmp_path: Path) -> Callable[..., TrainingJob]:
    """A job over the shard; keywords change its configuration."""

    def make(output: str = "run", *, shards: list[str] | None = None, **config: Any) -> TrainingJob:
        settings = {"steps": 6, "batch": 2, "rank": 4, "lr": 3e-3, "save_every": 3, "samples": 0} | config
        return TrainingJob(
            base=str(tiny_base), shards=shards or [str(shard)], output=tmp_path / output, cache=tmp_path / "cache",
            config=TrainingConfig(**settings),
        )  # fmt: skip

    return make
