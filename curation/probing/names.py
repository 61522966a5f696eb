"""File names: shown to people and hinted with, never used as a path; the tricks are refused all the same."""

import unicodedata

from curation.probing.facts import Refusal

MAX_NAME_BYTES = 255
# Characters that reverse or hide text: `gpj.exe` can be shown as `exe.jpg`.
_DECEPTIVE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def check_name(name: str) -> Refusal | None:
    """Why this file name is refused, or None where it is an ordinary one."""
    if not name or name.strip(". ") == "":
        return _refusal("is empty or made of dots")
    if "/" in name or "\\" in name:
        return _refusal("holds a path")
    if len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return _refusal(f"is longer than {MAX_NAME_BYTES} bytes")
    if any(unicodedata.category(sign) in _DECEPTIVE for sign in name):
        return _refusal("holds control or invisible characters")
    if name.startswith(("-", ".")):
        return _refusal("starts with a dash or a dot")
    return None


def extension(name: str) -> str:
    """The part after the last dot, lower case; empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _refusal(what: str) -> Refusal:
    return Refusal("name_unsafe", f"The file's name {what}.", "Rename the file to plain letters, digits, - and _.")
