"""The layouts that an export can have, and what each may be asked."""

from dataclasses import dataclass

EXPORTER_VERSION = "2"
WEBDATASET = "webdataset"
METADATA = "metadata"


@dataclass(frozen=True)
class Profile:
    """One layout.

    Attributes:
        data_suffix: How the files that hold samples end; the rest are sidecars.
        by_split: A shard holds samples of one split only.
        options: Names of the options it takes.
    """

    name: str
    data_suffix: str
    by_split: bool
    options: frozenset[str]


PROFILES = {
    WEBDATASET: Profile(WEBDATASET, ".tar", by_split=True, options=frozenset({"splits", "shard_bytes"})),
    METADATA: Profile(METADATA, ".jsonl.gz", by_split=False, options=frozenset()),
}
