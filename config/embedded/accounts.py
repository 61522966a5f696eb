"""Under whose account PostgreSQL runs, and which folders that account can reach.

PostgreSQL refuses to run as root. When we are root it gets an unprivileged account and, where our own folders
are closed to it, a folder elsewhere; the mode of an existing folder is never changed.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.embedded.errors import EmbeddedServiceError, FolderUnusable

# `initdb` looks its user up in the password file, so the account has to exist there.
CANDIDATES = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """A user and group that a process is started as."""

    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Hand a file or folder over to the account."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)

    def popen_arguments(self) -> dict[str, object]:
        """What `subprocess` needs to start a process as this account; nothing where it is our own."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_run(self, program: Path) -> bool:
        """Whether the account reaches, reads and executes a program."""
        return self._succeeds("test", "-r", str(program), "-a", "-x", str(program))

    def can_enter(self, folder: Path) -> bool:
        """Whether the account may pass through a folder and all above it."""
        return self._succeeds("test", "-x", str(folder))

    def _succeeds(self, *command: str) -> bool:
        return subprocess.run(command, cwd="/", check=False, **self.popen_arguments()).returncode == 0  # type: ignore[call-overload]  # the keywords are typed one by one


def unprivileged() -> Account:
    """The account for PostgreSQL: ourselves, or an unprivileged one when we are root.

    Raises:
        EmbeddedServiceError: We are root and the machine has no unprivileged account.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedServiceError(
        f"postgres: does not run as root, and this machine has none of the accounts {', '.join(CANDIDATES)}. "
        "Create one, run as an ordinary user, or set DATABASE_URL."
    )


def place_for_postgres(var: Path) -> Path:
    """The data folder: in `var` where the account gets there, else a folder of its own keyed by `var`."""
    if unprivileged().can_enter(var):
        return var / "postgres"
    return open_folder() / hashlib.sha256(str(var).encode()).hexdigest()[:16] / "postgres"


def open_folder() -> Path:
    """A folder of root's that every account may pass through.

    Raises:
        FolderUnusable: Somebody else made a folder of that name.
    """
    state = Path("/var/lib")
    parent = state if os.access(state, os.W_OK) and unprivileged().can_enter(state) else Path(tempfile.gettempdir())
    folder = parent / "openslate"
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.stat().st_uid != os.geteuid() or folder.is_symlink():
        raise FolderUnusable(f"{folder} belongs to another user. Remove it, or set DATABASE_URL.")
    return folder


def reachable_copy(programs: Path, libraries: Path, *, probe: str, account: Account) -> Path:
    """`programs` itself, or a copy that the account can execute.

    Args:
        programs: An installation (`bin`, `lib`, `share`), two folders below the one that holds `libraries`.
        libraries: The shared libraries that its programs load by a relative path.
        probe: A program, relative to `programs`, that shows whether it can be used in place.
        account: Who will run it.
    """
    if account.can_run(programs / probe):
        return programs
    identity = f"{programs}:{(programs / probe).stat().st_mtime_ns}"
    target = open_folder() / f"programs-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"
    copied = target / programs.parent.name / programs.name
    if target.exists():
        return copied
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=target.parent))
    shutil.copytree(programs, partial / programs.parent.name / programs.name, symlinks=True)
    shutil.copytree(libraries, partial / libraries.name, symlinks=True)
    for folder in (partial, partial / programs.parent.name):
        folder.chmod(0o755)
    partial.rename(target)
    return copied
