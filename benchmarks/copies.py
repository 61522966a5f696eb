"""How long it takes to look a picture up among a thousand and among a hundred thousand others' fingerprints.

The stored words are random, as far from each other as words can be; among them is one picture, and it is asked for by a
crop of it. Rows are written around the triggers and the indexes are built anew, as a restored database would.
"""

import json
import time
from typing import Annotated, Any
from uuid import UUID

import numpy as np
import psycopg
import typer
from django.db import connections
from rich.console import Console
from rich.table import Table

from benchmarks import changes, rows
from benchmarks.installation import installation, load, postgres_url
from curation.lifecycle import SubmissionStatus
from curation.scoring.fingerprints import kinds, views
from curation.selectors.copies import Asked, alike_to, as_bits
from curation.services.fingerprints import remember
from studio import compose, still
from tests.factories import curation as make

FEW, SPACES = 1_000, ("pdq", "features")
REPEATS = 15
AT_ONCE = 5_000
FINGERPRINT = 99  # ids, as rows.py counts its own


def store(first: int, last: int, *, features: int) -> None:
    """Random fingerprints for the copies of the template with these numbers; without their data, as nothing matches."""
    connections.close_all()
    random = np.random.default_rng(first)
    with psycopg.connect(postgres_url(), autocommit=True) as database:
        database.execute("SET session_replication_role = replica")
        database.execute("SET maintenance_work_mem = '2GB'")
        for space in SPACES:
            database.execute(f"DROP INDEX point_nearest_{space}")
        for start in range(first, last + 1, AT_ONCE):
            _fill(database, range(start, min(last + 1, start + AT_ONCE)), features, random)
        for space in SPACES:
            database.execute(
                f"CREATE INDEX point_nearest_{space} ON curation_fingerprintpoint USING hnsw (bits bit_hamming_ops) "
                f"WHERE space = '{space}'"
            )
        database.execute("VACUUM ANALYZE curation_fingerprint")
        database.execute("VACUUM ANALYZE curation_fingerprintpoint")


def _fill(database: Any, numbers: range, features: int, random: np.random.Generator) -> None:
    columns = "id, revision_id, kind, part, model_id, data"
    with database.cursor() as cursor, cursor.copy(f"COPY curation_fingerprint ({columns}) FROM STDIN") as copy:
        for number in numbers:
            revision = rows.counted(rows.REVISION, number)
            copy.write_row((_fingerprint(number), revision, "image", "reference_images.0", "pdq-sift-1", b""))
    columns = "fingerprint_id, space, bits"
    words = as_bits(random.integers(0, 256, (len(numbers) * (1 + features), 32), dtype=np.uint8))
    spaces = ["pdq", *["features"] * features]
    with database.cursor() as cursor, cursor.copy(f"COPY curation_fingerprintpoint ({columns}) FROM STDIN") as copy:
        for place, word in enumerate(words):
            number, which = divmod(place, 1 + features)
            copy.write_row((_fingerprint(numbers[number]), spaces[which], word))


def _fingerprint(number: int) -> UUID:
    return rows.counted(FINGERPRINT, number)


def picture() -> np.ndarray:
    return still(compose(7, subject="crate", place="street"), 1.0, width=512, height=384, samples=1)


def timed(asked: Asked) -> tuple[float, int]:
    """Median milliseconds of looking it up, candidates compared, and how many were found."""
    found, times = alike_to([asked]), []
    for _ in range(REPEATS):
        start = time.perf_counter()
        found = alike_to([asked])
        times.append(time.perf_counter() - start)
    return float(np.median(times)) * 1000, len(found)


def main(many: Annotated[int, typer.Option(min=2 * FEW)] = 100_000, features: int = views.INDEXED) -> None:
    """Look-ups of copies."""
    console, results = Console(stderr=True), {}
    with installation():
        campaign = make.campaign()
        row = rows.template(campaign, make.person(), SubmissionStatus.IN_REVIEW)
        original = make.submission(campaign, make.person())
        mine = make.submission(campaign, make.person())
        assert original.current_id
        assert mine.current_id
        remember({original.current_id: [kinds.image("reference_images.0", views.view_of(changes.gray(picture())))]})
        crop = views.view_of(changes.gray(changes.crop(picture(), 0.6, 0.5, 0.5)))
        asked = Asked(mine.current_id, mine.id, kinds.image("reference_images.0", crop))
        for first, last in ((1, FEW), (FEW + 1, many)):
            with console.status(f"{last} fingerprints"):
                rows.multiply(row, first=first, last=last)
                store(first, last, features=features)
                results[last] = timed(asked)
    _draw(console, results, words=sum(map(len, asked.fingerprint.probes.values())))
    print(json.dumps({f"lookup_ms_{count}": round(ms, 1) for count, (ms, _) in results.items()}))


def _draw(console: Console, results: dict[int, tuple[float, int]], *, words: int) -> None:
    table = Table(title=f"a picture looked up by {words} words ({load()})")
    for name in ("stored", "ms", "found"):
        table.add_column(name, justify="right")
    for count, (ms, found) in results.items():
        table.add_row(f"{count:,}", f"{ms:.1f}", str(found))
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
