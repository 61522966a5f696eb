"""The mail that the platform sent, as its file backend wrote it."""

import re
from email import message_from_bytes, policy
from pathlib import Path

CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)


def newest_code(folder: Path, recipient: str) -> str:
    """The code in the newest mail to that person."""
    for path in sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        if recipient in str(message["To"]):
            body = message.get_body(("plain",))
            if body and (found := CODE.search(body.get_content())):
                return found.group(1)
    raise LookupError(f"No mail to {recipient} carries a code.")
