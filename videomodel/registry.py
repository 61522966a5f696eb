"""The adapters there are, by the name that checkpoints and jobs use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from videomodel.interface import RequestRefused, VideoModel
from videomodel.slate.adapter import SlateNano

ADAPTERS: dict[str, Callable[[Path], VideoModel]] = {SlateNano.name: SlateNano.load}


def load(name: str, folder: Path) -> VideoModel:
    """The model of the adapter `name` from a checkpoint folder.

    Raises:
        RequestRefused: There is no such adapter, or the folder holds no checkpoint.
    """
    if name not in ADAPTERS:
        raise RequestRefused(f"There is no video model called {name!r}; there is {', '.join(sorted(ADAPTERS))}.")
    if not (folder / "config.json").is_file():
        raise RequestRefused(f"{folder} holds no {name} checkpoint: config.json is missing.")
    return ADAPTERS[name](folder)
