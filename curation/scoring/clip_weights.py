"""Which image-text model is used, and which very weights."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STUDIO = "openslate-studio"
BUNDLED_MODEL_ID = "nano-clip"


class ClipNotFound(RuntimeError):
    """No image-text model can be had under the configured name."""


@dataclass(frozen=True)
class ClipChoice:
    """A resolved model.

    Attributes:
        model_id: Its name on every score.
        open_clip_name: What open_clip is asked for.
        pretrained: open_clip's tag; empty for a folder.
        folder: Of a local model, else None.
        world: The generator whose scenes alone it knows; None for a model of photographs.
    """

    model_id: str
    open_clip_name: str
    pretrained: str = ""
    folder: Path | None = None
    world: str | None = None


def choose(configured: str, pretrained: str, *, bundled: Path) -> ClipChoice:
    """The configured open_clip name or folder; the bundled nano model where nothing is configured.

    Raises:
        ClipNotFound: Neither serves; the message says what to set.
    """
    if not configured:
        return _folder(bundled, model_id=BUNDLED_MODEL_ID, world=STUDIO)
    if Path(configured).is_dir():
        return _folder(Path(configured), model_id=Path(configured).name, world=None)
    from open_clip import list_models, list_pretrained_tags_by_model

    if configured.startswith("hf-hub:"):
        return ClipChoice(configured, configured)
    if configured not in list_models():
        raise ClipNotFound(f"CLIP_MODEL={configured!r} is neither a folder nor an open_clip model.")
    tags = list_pretrained_tags_by_model(configured)
    if pretrained not in tags:
        raise ClipNotFound(f"CLIP_PRETRAINED={pretrained!r} is none of {configured}'s: {', '.join(tags) or 'none'}.")
    return ClipChoice(f"{configured}/{pretrained}", configured, pretrained)


def _folder(folder: Path, *, model_id: str, world: str | None) -> ClipChoice:
    config = folder / "open_clip_config.json"
    if not config.is_file():
        raise ClipNotFound(f"{folder} holds no open_clip_config.json. Set CLIP_MODEL to an open_clip name or folder.")
    own = json.loads(config.read_text()).get("openslate", {})
    return ClipChoice(model_id, f"local-dir:{folder}", folder=folder, world=own.get("world", world))


def weights_file(choice: ClipChoice) -> Path:
    """The weights on this machine; those of a hub model are fetched into the hub's cache.

    Raises:
        ClipNotFound: There are none, or the hub does not answer.
    """
    if choice.folder:
        found = sorted(choice.folder.glob("open_clip_model.*")) or sorted(choice.folder.glob("*.safetensors"))
        if found:
            return found[0]
        raise ClipNotFound(f"{choice.folder} holds no weights (open_clip_model.safetensors).")
    from open_clip.pretrained import download_pretrained, download_pretrained_from_hf, get_pretrained_cfg

    try:
        if choice.open_clip_name.startswith("hf-hub:"):
            return Path(download_pretrained_from_hf(choice.open_clip_name.removeprefix("hf-hub:")))
        return Path(download_pretrained(get_pretrained_cfg(choice.open_clip_name, choice.pretrained)))
    except (OSError, RuntimeError) as error:
        raise ClipNotFound(f"The weights of {choice.model_id} cannot be fetched: {error}") from error


@lru_cache(maxsize=32)
def _sha256_of(path: Path, size: int, changed_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, hex; remembered while its size and time stay."""
    stat = path.stat()
    return _sha256_of(path, stat.st_size, stat.st_mtime_ns)
