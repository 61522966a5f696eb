"""A folder on disk as a contribution: `record.json` with file names where the platform wants asset ids.

The folder remembers what has been sent (`.openslate.json`), so a submission that was cut off goes on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openslate import uploads
from openslate.errors import ClientError
from openslate.transport import Json, Transport

RECORD = "record.json"
STATE = ".openslate.json"


@dataclass
class Contribution:
    """What has become of a folder so far."""

    folder: Path
    submission_id: str | None = None
    assets: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> "Contribution":
        state = folder / STATE
        return cls(folder, **(json.loads(state.read_text()) if state.exists() else {}))

    def save(self) -> None:
        state = {"submission_id": self.submission_id, "assets": self.assets}
        temporary = self.folder / f"{STATE}.part"
        temporary.write_text(json.dumps(state, indent=1))
        temporary.replace(self.folder / STATE)


def folders(root: Path) -> list[Path]:
    """Every folder at or below `root` that holds a record. Raises `ClientError` when there is none."""
    found = sorted(path.parent for path in root.rglob(RECORD))
    if not found:
        raise ClientError(f"No {RECORD} at or below {root}: each contribution is a folder with a {RECORD} in it.")
    return found


def submit(transport: Transport, folder: Path, *, campaign: str, progress: uploads.Progress | None = None) -> Json:
    """The submission made of a folder: files uploaded and verified, the record filled in, submitted.

    Raises:
        ApiError: The platform refused, naming why.
        ClientError: The folder is not a contribution, or a file was refused.
    """
    contribution = Contribution.load(folder)
    record = json.loads((folder / RECORD).read_text())
    for holder in _asset_holders(record):
        name = holder["asset"]
        path = _inside(folder, name)
        holder["asset"] = _ready_asset(transport, contribution, path, name, progress)
    if contribution.submission_id is None:
        draft = transport.post("submissions", {"campaign": campaign, "record": record})
        contribution.submission_id = draft["id"]
        contribution.save()
    else:
        transport.put(f"submissions/{contribution.submission_id}/record", {"record": record})
    return transport.post(f"submissions/{contribution.submission_id}/submit")


def _ready_asset(
    transport: Transport, contribution: Contribution, path: Path, name: str, progress: uploads.Progress | None
) -> str:
    """The id of the file's verified asset; of its canonical conversion where it is a camera file."""
    if name not in contribution.assets:
        contribution.assets[name] = str(uploads.begin(transport, path)["id"])
        contribution.save()
    uploads.upload(transport, path, asset_id=contribution.assets[name], progress=progress)
    asset = _accepted(uploads.verified(transport, contribution.assets[name]), name)
    if asset["kind"] != "camera_file":
        return str(asset["id"])
    canonical = f"{name}#poses"
    if canonical not in contribution.assets:
        contribution.assets[canonical] = str(transport.post(f"assets/{asset['id']}/conversions")["id"])
        contribution.save()
    return str(_accepted(uploads.verified(transport, contribution.assets[canonical]), name)["id"])


def _accepted(asset: Json, name: str) -> Json:
    if asset["status"] != "ready":
        refusal = asset["refusal"] or {"code": asset["status"], "message": "It was not kept.", "fix": "Send it again."}
        raise FileRefused(name, refusal)
    return asset


class FileRefused(ClientError):
    """The platform looked into a file and refused it."""

    def __init__(self, name: str, refusal: Json) -> None:
        super().__init__(f"{name}: {refusal['message']} {refusal.get('fix', '')} [{refusal['code']}]")
        self.code = str(refusal["code"])


def _asset_holders(part: Any) -> Iterator[dict[str, Any]]:
    """Every object of a record whose `asset` names a file."""
    if isinstance(part, dict):
        if isinstance(part.get("asset"), str):
            yield part
        for value in part.values():
            yield from _asset_holders(value)
    elif isinstance(part, list):
        for value in part:
            yield from _asset_holders(value)


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ClientError(f"{RECORD} names {name!r}, which lies outside its folder.")
    if not path.is_file():
        raise ClientError(f"{RECORD} names {name!r}, and there is no such file beside it.")
    return path
