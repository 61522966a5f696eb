"""The plan: which ports, which secrets, which folders. Made before anything starts, kept in `services.json`.

Settings read it whether the services are up or not, so an address can always be derived.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from config.embedded import ports
from config.embedded.accounts import place_for_postgres
from config.embedded.errors import FolderUnusable

PLAN_FILE = "services.json"
BUCKET = "openslate"
DATABASE = "openslate"
ADMIN_PORT = "seaweedfs_admin"
PORT_PATIENCE_S = 5
PORT_POLL_S = 0.05
PORT_NAMES = (
    "postgres",
    "valkey",
    "s3",
    "s3_grpc",
    "seaweedfs_master",
    "seaweedfs_master_grpc",
    "seaweedfs_volume",
    "seaweedfs_volume_grpc",
    "seaweedfs_filer",
    "seaweedfs_filer_grpc",
    ADMIN_PORT,
    "anvil",
)
SECRET_NAMES = (
    "postgres_superuser",
    "postgres_owner",
    "postgres_app",
    "valkey",
    "s3_access_key_id",
    "s3_secret_access_key",
    "seaweedfs_admin",
    "seaweedfs_write_jwt",
    "seaweedfs_read_jwt",
    "seaweedfs_filer_write_jwt",
    "seaweedfs_filer_read_jwt",
    "secret_key",
)


@dataclass(frozen=True, kw_only=True)
class Services:
    """Ports, secrets and folders of one installation."""

    var: Path
    ports: Mapping[str, int]
    secrets: Mapping[str, str] = field(repr=False)
    postgres_data: Path

    @property
    def database_url(self) -> str:
        """For the running application: role `app`, neither owner nor superuser."""
        return self.postgres_url("app")

    @property
    def database_owner_url(self) -> str:
        """For migrations and for creating test databases: role `owner`."""
        return self.postgres_url("owner")

    @property
    def broker_url(self) -> str:
        """Celery's broker."""
        return self.valkey_url(0)

    @property
    def cache_url(self) -> str:
        """Django's cache."""
        return self.valkey_url(1)

    @property
    def s3_endpoint_url(self) -> str:
        """The S3 gateway, for servers and browsers on this machine alike."""
        return f"http://{ports.LOOPBACK}:{self.ports['s3']}"

    @property
    def s3_access_key_id(self) -> str:
        """Access key of the one S3 identity."""
        return self.secrets["s3_access_key_id"]

    @property
    def s3_secret_access_key(self) -> str:
        """Secret key of the one S3 identity."""
        return self.secrets["s3_secret_access_key"]

    @property
    def s3_bucket(self) -> str:
        """The bucket of the application."""
        return BUCKET

    @property
    def chain_rpc_url(self) -> str:
        """JSON-RPC of the local chain."""
        return f"http://{ports.LOOPBACK}:{self.ports['anvil']}"

    @property
    def secret_key(self) -> str:
        """Django's secret key."""
        return self.secrets["secret_key"]

    @property
    def logs(self) -> Path:
        """The folder of the services' logs."""
        return self.var / "log"

    def postgres_url(self, role: str, database: str = DATABASE) -> str:
        """Address of a database for one of the roles `superuser`, `owner`, `app`."""
        password = quote(self.secrets[f"postgres_{role}"], safe="")
        return f"postgresql://{role}:{password}@{ports.LOOPBACK}:{self.ports['postgres']}/{database}"

    def valkey_url(self, database: int) -> str:
        """Address of one of Valkey's numbered databases."""
        return f"redis://:{self.secrets['valkey']}@{ports.LOOPBACK}:{self.ports['valkey']}/{database}"


def load_or_create(var: Path) -> Services:
    """The plan of an installation, made on first use and the same ever after.

    Raises:
        FolderUnusable: The folder, or the plan in it, belongs to another user.
    """
    var = Path(os.path.abspath(var))
    with _explain(var):
        if (var / PLAN_FILE).exists():
            return _read(var)
        _make_folders(var)
        with locked(var / "services.lock"):
            return _read(var) if (var / PLAN_FILE).exists() else _write(_new(var))


def with_ports(var: Path, chosen: Mapping[str, int]) -> Services:
    """The plan with some ports replaced, written under the plan's lock."""
    with locked(var / "services.lock"):
        services = _read(var)
        return _write(replace(services, ports={**services.ports, **chosen}))


def with_free_ports(services: Services, names: tuple[str, ...]) -> Services:
    """The plan with other ports for those of the names whose port a stranger holds.

    A port is given up only after `PORT_PATIENCE_S`: a killed server of ours holds its port a moment longer, and
    whoever has read the plan goes on using the address.
    """
    chosen = dict(services.ports)
    deadline = time.monotonic() + PORT_PATIENCE_S
    for name in names:
        wanted = ports_of(services, (name,))
        while not (free := all(ports.is_free(port) for port in wanted)) and time.monotonic() < deadline:
            time.sleep(PORT_POLL_S)
        if not free:
            chosen[name] = ports.choose(avoiding=_spoken_for(chosen), companion=name == ADMIN_PORT)
    return replace(services, ports=chosen)


def ports_of(services: Services, names: tuple[str, ...]) -> list[int]:
    """Every port that the names stand for, with the companion of the admin port."""
    listed = [services.ports[name] for name in names]
    if ADMIN_PORT in names:
        listed.append(services.ports[ADMIN_PORT] + ports.COMPANION_OFFSET)
    return listed


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; a killed holder lets go by itself."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write_private(path: Path, text: str) -> None:
    """Replace a file at once; only this user may read it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _new(var: Path) -> Services:
    chosen: dict[str, int] = {}
    for name in PORT_NAMES:
        chosen[name] = ports.choose(avoiding=_spoken_for(chosen), companion=name == ADMIN_PORT)
    return Services(
        var=var,
        ports=chosen,
        secrets={name: secrets.token_hex(32) for name in SECRET_NAMES} | {"s3_access_key_id": secrets.token_hex(10)},
        postgres_data=place_for_postgres(var),
    )


def _spoken_for(chosen: Mapping[str, int]) -> set[int]:
    return set(chosen.values()) | {port + ports.COMPANION_OFFSET for port in chosen.values()}


def _make_folders(var: Path) -> None:
    # 0711: the account that runs PostgreSQL for root has to pass through, and sees no names here.
    if not var.exists():
        var.mkdir(parents=True, exist_ok=True)
        var.chmod(0o711)
    (var / "log").mkdir(mode=0o700, exist_ok=True)


def _read(var: Path) -> Services:
    stored = json.loads((var / PLAN_FILE).read_text(encoding="utf-8"))
    # A folder inside `var` is kept relative, so that the whole may be moved.
    return Services(
        var=var,
        ports=stored["ports"],
        secrets=stored["secrets"],
        postgres_data=var / stored["postgres_data"],
    )


def _write(services: Services) -> Services:
    stored = asdict(services)
    del stored["var"]
    data = services.postgres_data
    stored["postgres_data"] = str(data.relative_to(services.var) if data.is_relative_to(services.var) else data)
    write_private(services.var / PLAN_FILE, json.dumps(stored, indent=2) + "\n")
    return services


@contextmanager
def _explain(var: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        fix = "Run as that user, or set OPENSLATE_VAR to a folder of your own."
        raise FolderUnusable(f"{error.filename or var} belongs to another user. {fix}") from error
