"""Damaged camera files, and what becomes of them: `python -m tests.unit.curation.record.camera_fuzzing NAME FROM TO`.

Run as a program it prints, after every case, how many were done, read and refused, and by how many bytes memory has
grown: a reader whose native code dies has then said which case it died of.
"""

import base64
import json
import random
import resource
import signal
import struct
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np

from curation.probing.camera_conversion import LIMITS
from curation.record import RecordRefused
from curation.record.cameras import FORMATS, Reading, export_camera, import_camera
from curation.record.cameras.checks import check_path
from curation.record.cameras.pluecker import write_rays
from tests.unit.curation.record.camera_bombs import peak_bytes
from tests.unit.curation.record.camera_paths import random_path

LONGEST_S = 10.0
# Read by native code, whose crates know no measure: held to what a conversion may take.
NATIVE = {"usd"}
MEMORY_BYTES = LIMITS.memory_bytes
SPLICES = [
    b"nan", b"1e999", b"-", b"\n", b"\r\n", b" ", b",", b"\x00", b"\xff", b"[", b"{", b'"', b"]" * 9, b"9" * 400,
    b"0", b"\xef\xbb\xbf", b"#", b"inf", b"1_0", b"\xff\xff\xff\xff",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, 0, -1, 1, 2**31, 10**30, 1e-300, 1e300, 0.5, "", "nan", "0", [], [1], [[]], {}, {"frame0": 1}, [0] * 16,
    "data:application/octet-stream;base64,AAAA", [1, 2, 3], "camera",
]  # fmt: skip
FLOATS = [float("nan"), float("inf"), 0.0, -0.0, 1e308, -1e308, 1e-308, 1.0, -1.0]


@cache
def seeds(name: str) -> tuple[tuple[bytes, bytes | None], ...]:
    """Whole files of the format, each with its companion."""
    found = []
    for seed in range(4):
        path = random_path(seed, 5)
        if name == "pluecker":
            files = [write_rays(path.c2w, path, width=8, height=6)]
        else:
            files = list(export_camera(path, name).files.values())
        found.append((files[0], files[1] if len(files) > 1 else None))
    if name == "usd":
        crate = crate_of(found[0][0])
        found += [(crate, None), (package_of(crate), None)]
    return tuple(found)


def crate_of(text: bytes) -> bytes:
    """The binary form of a USD text, as USD itself writes it."""
    from pxr import Sdf

    layer = Sdf.Layer.CreateAnonymous(".usda")
    layer.ImportFromString(text.decode())
    with TemporaryDirectory() as folder:
        layer.Export(f"{folder}/camera.usdc")
        return Path(folder, "camera.usdc").read_bytes()


def package_of(layer: bytes) -> bytes:
    """A `.usdz` of one layer."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as package:
        package.writestr(ZipInfo("camera.usdc"), layer)
    return stream.getvalue()


def damaged(name: str, case: int) -> tuple[bytes, bytes | None]:
    """One file of the format with a few bytes, lines, values or numbers damaged, and its companion."""
    rng = random.Random(f"{name}-{case}")
    content, companion = rng.choice(seeds(name))
    ways: list[Callable[[bytes, random.Random], bytes]] = [bytes_damaged]
    if content.startswith(b"{"):
        ways += [values_damaged] * 2
    elif content.startswith(b"glTF"):
        ways += [glb_damaged] * 2
    elif b"\0" in content:
        ways += [numbers_damaged] * 2
    else:
        ways += [tokens_damaged] * 2
    damage = rng.choice(ways)
    if companion is not None and rng.random() < 0.3:
        return content, damage(companion, rng)
    return damage(content, rng), companion if rng.random() < 0.8 else None


def bytes_damaged(content: bytes, rng: random.Random) -> bytes:
    """A few bytes, lines or stretches damaged."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[at:at] = rng.choice(SPLICES)
            case 1:
                del data[at : at + rng.randint(1, 40)]
            case 2:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 3:
                data[at:at] = data[: rng.randint(0, 200)]
            case 4:
                lines = bytes(data).split(b"\n")
                rng.shuffle(lines)
                data = bytearray(b"\n".join(lines))
            case _:
                del data[at:]
    return bytes(data)


def tokens_damaged(content: bytes, rng: random.Random) -> bytes:
    """A few words of a text replaced by other words."""
    words = content.split(b" ")
    for _ in range(rng.randint(1, 3)):
        words[rng.randrange(len(words))] = rng.choice([*SPLICES, b"0", b"-1", b"1e10", b"a", b"1", b"2.5"])
    return b" ".join(words)


def numbers_damaged(content: bytes, rng: random.Random) -> bytes:
    """A few numbers of a binary file overwritten, aligned or not."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        layout, value = rng.choice(
            [("<d", rng.choice(FLOATS)), ("<Q", rng.choice([0, 1, 2**16, 2**63])), ("<I", rng.randrange(20))]
        )
        at = rng.randrange(max(1, len(data) - 8))
        struct.pack_into(layout, data, at - at % 4, value)
    return bytes(data)


def values_damaged(content: bytes, rng: random.Random) -> bytes:
    """A few values of a JSON file replaced, removed, doubled or renamed; its buffer too, where it embeds one."""
    data = json.loads(content)
    for _ in range(rng.randint(1, 3)):
        _damage_a_value(data, rng)
    return json.dumps(data).encode()


def glb_damaged(content: bytes, rng: random.Random) -> bytes:
    """The JSON or the keys of a `.glb` damaged, its lengths put right again."""
    length = struct.unpack_from("<I", content, 12)[0]
    text, rest = content[20 : 20 + length], content[28 + length :]
    if rng.random() < 0.7:
        text = values_damaged(text, rng)
    else:
        rest = _keys_damaged(rest, rng)
    body = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(rest), b"BIN\0") + rest
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


def _keys_damaged(data: bytes, rng: random.Random) -> bytes:
    keys = np.frombuffer(data, "<f4").copy()
    with np.errstate(over="ignore"):
        keys[rng.randrange(len(keys))] = rng.choice(FLOATS)
    return keys.tobytes()


def _damage_a_value(data: Any, rng: random.Random) -> None:
    holder = data
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = rng.choice(keys)
        if not isinstance(holder[key], dict | list) or rng.random() < 0.2:
            break
        holder = holder[key]
    if key == "uri":
        head, _, body = holder[key].partition(",")
        holder[key] = f"{head},{base64.b64encode(_keys_damaged(base64.b64decode(body), rng)).decode()}"
        return
    match rng.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[rng.choice(["camera", "frames", "matrix", "children", "lens", "frame7"])] = holder.pop(key)
        case 2 if isinstance(holder, list):
            holder.append(deepcopy(holder[key]))
        case _:
            holder[key] = deepcopy(rng.choice(VALUES))


def judge(name: str, case: int) -> str:
    """What became of a case: `read`, or the code of its refusal. Anything else that is raised is a fault."""
    content, companion = damaged(name, case)
    started = time.perf_counter()
    try:
        known = name if case % 2 or companion is not None else None
        path = import_camera(content, format=known, companion=companion, reading=Reading(fps=24)).path
        assert check_path(path)
        found = "read"
    except RecordRefused as refusal:
        found = refusal.code if all(problem.fix for problem in refusal.problems) else ""
    assert found
    assert time.perf_counter() - started < LONGEST_S
    return found


def fuzz(name: str, cases: range) -> Counter[str]:
    """How many cases came to each end."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        return Counter(judge(name, case) for case in cases)


def main(name: str, first: int, end: int) -> None:
    assert name in FORMATS
    judge(name, -1)  # whatever is loaded on first use is no growth
    if name in NATIVE:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    before = peak_bytes()
    warnings.simplefilter("ignore", RuntimeWarning)
    found: Counter[str] = Counter()
    for case in range(first, end):
        signal.alarm(round(LONGEST_S) if name in NATIVE else 0)
        found[judge(name, case)] += 1
        print(json.dumps({"done": case + 1, "read": found["read"], "grown_bytes": peak_bytes() - before}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
