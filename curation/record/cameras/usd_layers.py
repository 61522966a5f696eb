"""USD files as layers: text, crate or package, told apart by their first bytes and cut off from all other files."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from curation.record.cameras.text import decoded
from curation.record.problems import RecordRefused, refuse

TEXT, CRATE, ZIP = b"#usda", b"PXR-USDC", b"PK\x03\x04"
MAX_USD_BYTES = 48 * 1024 * 1024
MAX_ENTRIES = 10_000
_ZIP_ENTRY = b"PK\x01\x02"


def looks_like(content: bytes) -> bool:
    """Whether the first bytes are those of a USD file, or of a zip as `.usdz` is one."""
    return content.startswith((TEXT, CRATE, ZIP))


@contextmanager
def layer_of(content: bytes) -> Iterator[Any]:
    """The root layer of a file, apart from every other file.

    Raises:
        RecordRefused: It is too large, or USD finds no layer in it. USD's own errors pass.
    """
    from pxr import Sdf

    if len(content) > MAX_USD_BYTES:
        raise refuse(
            "", "too_large", f"The file has {len(content):,} bytes.", "Export the camera alone, without geometry."
        )
    if content.startswith(ZIP):
        content = _first_in_package(content)
    if content.startswith(TEXT):
        layer = Sdf.Layer.CreateAnonymous(".usda")
        if not layer.ImportFromString(decoded(content)):
            raise refuse("", "not_usd", "USD cannot read the text.", "Export it again.")
        yield layer
    else:
        with NamedTemporaryFile(suffix=".usdc") as file:  # a crate is only read from a file
            file.write(content)
            file.flush()
            layer = Sdf.Layer.OpenAsAnonymous(file.name)
            if layer is None:
                raise refuse("", "not_usd", "USD cannot read the file.", "Export it again.")
            yield layer


def _first_in_package(content: bytes) -> bytes:
    """The root layer of a `.usdz`: its first entry, never compressed (USDZ specification)."""
    if content.count(_ZIP_ENTRY) > MAX_ENTRIES:
        raise _not_a_package()
    try:
        with ZipFile(BytesIO(content)) as package:
            first = package.infolist()[0]
            if first.compress_type != ZIP_STORED or first.file_size > len(content):
                raise refuse("", "not_usdz", "The .usdz is compressed, which USD does not do.", "Export it again.")
            found = package.read(first)
    except (BadZipFile, IndexError, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise _not_a_package() from error
    if not found.startswith((TEXT, CRATE)):
        raise _not_a_package()
    return found


def _not_a_package() -> RecordRefused:
    return refuse("", "not_usdz", "The package does not begin with a USD layer.", "Export it again, or as .usda.")


def cut_loose(layer: Any) -> int:
    """How many references to other files were taken out of the layer."""
    from pxr import Sdf

    others = layer.GetCompositionAssetDependencies()
    for other in others:
        layer.UpdateCompositionAssetDependency(other, "")
    clipped = []

    def look(path: Any) -> None:
        spec = layer.GetPrimAtPath(path) if path.IsPrimPath() else None
        if spec is not None and spec.HasInfo("clips"):
            clipped.append(spec)

    layer.Traverse(Sdf.Path.absoluteRootPath, look)
    for spec in clipped:
        spec.ClearInfo("clips")
    return len(others) + len(clipped)
