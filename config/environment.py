"""Every environment variable OpenSlate reads, with its type, default and meaning.

Addresses left empty are those of the embedded services (`manage.py services up`); their ports and passwords are
planned in `var/services.json` before anything starts, so settings can be read while the services are down.
"""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config import embedded

REPO = Path(__file__).resolve().parent.parent


class BadEnvironment(SystemExit):
    """A variable is missing or wrong; the text names it and the fix."""


class Environment(BaseSettings):
    """Read once at start; the field's name in capitals is the variable's name."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    openslate_var: Path = Field(REPO / "var", description="Folder of the embedded services' state, logs and mail.")
    debug: bool = Field(False, description="Show tracebacks in answers. Never in production.")
    secret_key: str = Field("", description="Signs sessions and links. Required when DATABASE_URL is set.")
    app_url: str = Field("http://localhost:8000", description="The address people open; links and origins use it.")
    allowed_hosts: str = Field(
        "localhost,127.0.0.1", description="Host names the web server answers to, comma separated."
    )

    database_url: str = Field(
        "", description="postgresql://app:...@host/db, the role that runs. PostgreSQL >= 15 with pgvector."
    )
    database_owner_url: str = Field(
        "", description="The role that owns the tables and migrates; only `migrate` uses it."
    )
    broker_url: str = Field("", description="redis:// or amqp:// of Celery's broker.")
    cache_url: str = Field("", description="redis:// of the cache.")
    s3_endpoint_url: str = Field("", description="Object storage as servers reach it.")
    s3_public_endpoint_url: str = Field("", description="Object storage as browsers reach it; default: the same.")
    s3_access_key_id: str = Field("", description="Required when S3_ENDPOINT_URL is set.")
    s3_secret_access_key: str = Field("", description="Required when S3_ENDPOINT_URL is set.")
    s3_region: str = Field("us-east-1", description="Region name that requests are signed for.")
    s3_bucket: str = Field("openslate", description="Bucket that holds all media.")
    chain_rpc_url: str = Field("", description="JSON-RPC address of an EVM chain.")
    chain_id: int = Field(0, description="The chain that CHAIN_RPC_URL must be; nothing is sent to any other.", ge=0)
    chain_keystore: str = Field("", description="Encrypted keystore of the publishing key; empty: a local one in VAR.")
    chain_keystore_password: str = Field("", description="Its password. Required when CHAIN_KEYSTORE is set.")
    chain_kms_key_id: str = Field("", description="AWS KMS key that publishes, instead of a keystore.")
    chain_max_fee_wei: int = Field(500_000_000_000, description="Most that is offered for a unit of gas, in wei.")
    chain_confirmations: int = Field(
        0, description="Blocks above one that make it final; 0: what the chain itself calls finalized.", ge=0
    )
    chain_mainnet_confirm: str = Field(
        "", description="Off local and test chains nothing is sent before this repeats the sentence that is asked for."
    )
    payout_every_h: int = Field(0, description="Hours between epochs; 0: only when an operator freezes one.", ge=0)
    payout_least_wei: int = Field(10**15, description="Who is owed less, in wei, waits for a later epoch.", ge=1)
    payout_sponsor_least_wei: int = Field(
        10**16, description="Claims of at least so much, in wei, are sent at the platform's cost when asked.", ge=1
    )
    payout_address_cool_down_h: int = Field(
        72, description="Hours from the notice of a new payout address until it is in force.", ge=1
    )
    reconcile_every_s: int = Field(3600, description="Seconds between comparisons of ledger and chain.", ge=1)

    email_url: str = Field("", description="smtp://user:password@host:port; empty: mail is written to VAR/mail.")
    email_from: str = Field("OpenSlate <no-reply@localhost>", description="Sender of all mail.")

    clip_model: str = Field("", description="open_clip name or local folder; empty: the bundled nano CLIP.")
    clip_pretrained: str = Field("", description="open_clip pretrained tag, such as laion2b_s34b_b79k.")
    aesthetic_weights: str = Field(
        "",
        description="File of LAION's aesthetic head for that CLIP (.safetensors, .pth); empty: looks are not rated.",
    )
    whisper_engine: Literal["faster-whisper", "openai-whisper"] = Field(
        "faster-whisper", description="Which library runs Whisper; openai-whisper is an extra to install."
    )
    whisper_model: str = Field(
        "base", description="The engine's name of a size, or a local folder (for openai-whisper also a .pt file)."
    )
    whisper_precision: Literal[
        "", "int8", "int8_float32", "int8_float16", "int8_bfloat16", "float16", "bfloat16", "float32"
    ] = Field(
        "",
        description="What faster-whisper computes with; empty: int8 on CPU, float32 on GPU. float16 is faster there.",
    )
    clap_model: str = Field("", description="CLAP for sound against text: hub id or local folder; empty: none.")
    score_uncalibrated: bool = Field(
        False, description="Score with models that have no calibration; gates in probability then pass them over."
    )
    device: str = Field("auto", description="cpu, cuda or auto.")

    standing_half_life_days: int = Field(90, ge=1, description="After so many days a fact of a standing counts half.")
    upload_quota_bytes: int = Field(200 * 2**30, description="Bytes one person may hold in drafts and submissions.")
    prechecks_per_hour: int = Field(60, description="Drafts of one person that models look at in an hour.", ge=1)
    reward_policy: Path | None = Field(
        None, description="JSON file of what differs from the default reward policy; what `simulate_rewards` takes."
    )
    device_second_price_wei: int = Field(690_000_000_000_000, description="Price of one device second, in wei.")
    log_format: str = Field("console", description="console or json.")

    @field_validator("app_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @cached_property
    def services(self) -> embedded.Services:
        return embedded.plan(self.openslate_var)

    def needed(self, name: str, embedded_value: str, *, given_with: str) -> str:
        """The variable's value, or the embedded service's; refuses half a configuration."""
        value = getattr(self, name)
        if value:
            return str(value)
        if getattr(self, given_with):
            raise BadEnvironment(f"{name.upper()} is not set, but {given_with.upper()} is. Set {name.upper()} too.")
        return embedded_value


def read() -> Environment:
    """Raises `BadEnvironment` naming every variable that is wrong."""
    try:
        return Environment()
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, e['loc'])).upper()}: {e['msg']} (got {e['input']!r})" for e in error.errors()]
        raise BadEnvironment("These environment variables are wrong:\n" + "\n".join(lines)) from error
