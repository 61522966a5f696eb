"""The parent's side: starts the child under limits and puts whatever became of it into words."""

import json
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from curation.probing import confinement
from curation.probing.facts import Facts, Limits, Refusal, out_of_memory
from curation.probing.names import check_name

# Ten thousand frames of intrinsics take about one.
_MAX_ANSWER_BYTES = 4 * 2**20


class ProbeBroken(RuntimeError):
    """The probe itself is at fault, not the file: a library is missing, or the child could not start."""


def probe(path: Path, *, name: str, declared_type: str, limits: Limits | None = None) -> Facts | Refusal:
    """What the file is, from decoding all of it in a process of its own; or why it is refused.

    Args:
        path: The bytes, on this machine; read only.
        name: What the contributor calls the file.
        declared_type: The MIME type the client sent; empty where it sent none.
        limits: How much the file may ask of the machine.

    Raises:
        ProbeBroken: The probing process failed for a reason that is not the file's.
    """
    if refusal := check_name(name):
        return refusal
    limits = limits or Limits()
    request = {"path": str(path.resolve()), "name": name, "type": declared_type, "limits": asdict(limits)}
    answer = ask("curation.probing.child", request, limits=limits)
    return answer if isinstance(answer, Refusal) else Facts(**answer["facts"])


def ask(module: str, request: Mapping[str, Any], *, limits: Limits) -> dict[str, Any] | Refusal:
    """What a confined child answers; a refusal is its own, or says what it died of.

    Raises:
        ProbeBroken: It failed for a reason that is not the file's.
    """
    try:
        child = confinement.run(module, request, wall_s=limits.wall_s)
    except subprocess.TimeoutExpired:
        return _too_slow(limits.wall_s)
    if child.returncode:
        return _death(child.returncode, child.stderr, limits)
    if len(child.stdout) > _MAX_ANSWER_BYTES:
        raise ProbeBroken(f"The probe answered {len(child.stdout)} bytes.")
    answer: dict[str, Any] = json.loads(child.stdout)
    return Refusal(**answer["refusal"]) if "refusal" in answer else answer


def _death(code: int, stderr: bytes, limits: Limits) -> Refusal:
    """The refusal for a child that died of the file."""
    cause = confinement.cause_of_death(code, stderr)
    if cause == "time":
        return _too_slow(limits.cpu_s)
    if cause == "memory":
        return out_of_memory(limits)
    if cause == "crash":
        return Refusal(
            "decoder_crashed",
            f"The decoder died on this file ({signal.Signals(-code).name}).",
            "The file is damaged or hostile. Export it again from the program that made it.",
        )
    raise ProbeBroken(f"The probe ended with {code}: {stderr.decode(errors='replace')[-2000:]}")


def _too_slow(seconds: float) -> Refusal:
    return Refusal(
        "probe_timeout",
        f"Decoding took more than {seconds:.0f} s.",
        "Upload a shorter or smaller file, or export it with a common codec (H.264, AAC).",
    )
