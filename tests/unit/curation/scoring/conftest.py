"""Samples and tiny models for the scoring tests."""

from pathlib import Path

import pytest

from tests.factories.tiny_clap import save_tiny_clap
from tests.factories.tiny_clip import save_tiny_clip

REPOSITORY = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """Where Whisper's halves are joined once for all runs, the same place as the running platform's."""
    return REPOSITORY / "var" / "models"


@pytest.fixture(scope="session")
def tiny_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLIP folder of the bundled layout with random weights: 32 px, 16 dimensions, own merges."""
    return save_tiny_clip(tmp_path_factory.mktemp("tiny-clip"))


@pytest.fixture(scope="session")
def tiny_clap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLAP folder with random weights and 12 dimensions."""
    return save_tiny_clap(tmp_path_factory.mktemp("tiny-clap"))
