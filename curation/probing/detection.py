"""What the first bytes say a file is. Name and declared type are held against it, never believed."""

from dataclasses import dataclass
from pathlib import Path

from curation.probing.facts import Refused
from curation.probing.names import extension

HEAD_BYTES = 4096
ACCEPTED = (
    "Accepted are mp4, mov, webm, mkv; jpg, png, webp; wav, flac, mp3, m4a, ogg; exr, hdr; md, txt, json; "
    "npy, gltf, glb, usda, usdc, usdz, bin (COLMAP)."
)


@dataclass(frozen=True)
class Format:
    """One accepted format.

    Attributes:
        name: Our word for it.
        inspector: Which inspector decodes it.
        extensions, types: What an honest name and declared type may be.
        demuxer: FFmpeg's demuxer, forced so that a playlist can never pass for a clip.
    """

    name: str
    inspector: str
    extensions: frozenset[str]
    types: frozenset[str]
    demuxer: str = ""


def _format(name: str, inspector: str, extensions: str, types: str, demuxer: str = "") -> Format:
    return Format(name, inspector, frozenset(extensions.split()), frozenset(types.split()), demuxer)


FORMATS = {
    item.name: item
    for item in (
        _format(
            "isobmff",
            "container",
            "mp4 m4v mov m4a",
            "video/mp4 video/quicktime video/x-m4v audio/mp4 audio/x-m4a audio/m4a",
            "mov",
        ),
        _format("matroska", "container", "webm mkv", "video/webm video/x-matroska video/matroska", "matroska"),
        _format("jpeg", "image", "jpg jpeg", "image/jpeg image/jpg"),
        _format("png", "image", "png", "image/png"),
        _format("webp", "image", "webp", "image/webp"),
        _format("wav", "audio", "wav", "audio/wav audio/x-wav audio/wave audio/vnd.wave", "wav"),
        _format("flac", "audio", "flac", "audio/flac audio/x-flac", "flac"),
        _format("mp3", "audio", "mp3", "audio/mpeg audio/mp3", "mp3"),
        _format("ogg", "audio", "ogg oga opus", "audio/ogg application/ogg audio/opus", "ogg"),
        _format("npy", "poses", "npy", "application/x-npy application/x-numpy"),
        _format("exr", "environment", "exr", "image/x-exr image/aces"),
        _format("hdr", "environment", "hdr pic rgbe", "image/vnd.radiance image/x-hdr image/hdr"),
        _format("json", "text", "json gltf", "application/json text/json text/plain model/gltf+json"),
        _format("text", "text", "txt md markdown tum csv", "text/plain text/markdown text/x-markdown text/csv"),
        _format("glb", "camera", "glb", "model/gltf-binary"),
        _format("usda", "camera", "usda usd", "model/vnd.usda text/plain"),
        _format("usdc", "camera", "usdc usd", "model/vnd.usd"),
        _format("usdz", "camera", "usdz", "model/vnd.usdz+zip"),
        _format("colmap_binary", "camera", "bin", "application/x-binary"),
    )
}

# Everything that may ever be written in a served `Content-Type`. Text goes out as text/plain, whatever it holds.
CONTENT_TYPES = frozenset(
    {
        *("video/mp4", "video/quicktime", "video/webm", "video/x-matroska"),
        *("image/jpeg", "image/png", "image/webp", "image/x-exr", "image/vnd.radiance"),
        *("audio/wav", "audio/flac", "audio/mpeg", "audio/ogg", "audio/mp4"),
        *("application/octet-stream", "application/json", "text/plain"),
    }
)

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "isobmff"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"\x93NUMPY", "npy"),
    (0, b"\x76\x2f\x31\x01", "exr"),
    (0, b"glTF", "glb"),
    (0, b"PXR-USDC", "usdc"),
    (0, b"#usda", "usda"),
    (0, b"#?RADIANCE", "hdr"),
    (0, b"#?RGBE", "hdr"),
)
_KNOWN_AND_REFUSED: tuple[tuple[bytes, str, str, str], ...] = (
    (b"PK\x03\x04", "archive_not_accepted", "a zip archive", "Unpack it and upload the files themselves."),
    (b"\x1f\x8b", "archive_not_accepted", "a gzip archive", "Unpack it and upload the files themselves."),
    (b"7z\xbc\xaf", "archive_not_accepted", "a 7z archive", "Unpack it and upload the files themselves."),
    (b"Rar!", "archive_not_accepted", "a rar archive", "Unpack it and upload the files themselves."),
    (b"GIF8", "type_not_accepted", "a GIF", "Upload a clip as mp4, or one frame as png."),
    (b"%PDF", "type_not_accepted", "a PDF", ACCEPTED),
    (b"MZ", "type_not_accepted", "a program", ACCEPTED),
    (b"\x7fELF", "type_not_accepted", "a program", ACCEPTED),
    (b"#!", "type_not_accepted", "a script", ACCEPTED),
)
_SCRIPTABLE_EXTENSIONS = frozenset(
    {"svg", "svgz", "html", "htm", "xhtml", "xml", "js", "mjs", "css", "php", "py", "sh", "bat", "exe", "swf"}
)
_ANY_TYPE = frozenset({"", "application/octet-stream", "binary/octet-stream"})


def detect(path: Path, *, name: str, declared_type: str) -> Format:
    """The format of the file's content, once its name and declared type are found not to contradict it.

    Raises:
        Refused: Empty, of no accepted format, active content, or mislabelled.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise Refused("file_empty", "The file is empty.", "Upload the file again; it may not have been written out.")
    if extension(name) in _SCRIPTABLE_EXTENSIONS:
        raise Refused(
            "active_content",
            f"A .{extension(name)} file can hold scripts.",
            "Upload a picture as png or jpg, a text as txt or md.",
        )
    found = FORMATS[_signature(head) or _text(path, head, name)]
    _check_labels(found, name=name, declared_type=declared_type)
    return found


def _signature(head: bytes) -> str:
    for offset, magic, name in _SIGNATURES:
        if head[offset : offset + len(magic)] == magic and (offset != 8 or head[:4] == b"RIFF"):
            return name
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06:
        return "mp3"  # an MPEG audio frame without an ID3 tag before it
    return ""


def _text(path: Path, head: bytes, name: str) -> str:
    if head.startswith(b"PK\x03\x04") and extension(name) == "usdz":
        return "usdz"
    for magic, code, what, fix in _KNOWN_AND_REFUSED:
        if head.startswith(magic):
            raise Refused(code, f"This is {what}.", fix)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        raise Refused("active_content", "This is SVG, HTML or XML, which can hold scripts.", ACCEPTED)
    if b"\0" in head and extension(name) == "bin":
        return "colmap_binary"
    if b"\0" in head:
        raise Refused("type_not_accepted", "The content is of no format that is accepted here.", ACCEPTED)
    return "json" if start[:1] in (b"{", b"[") and extension(name) != "md" else "text"


def _check_labels(found: Format, *, name: str, declared_type: str) -> None:
    ending = extension(name)
    # A .txt that is really JSON circulates among camera files; both are read as text, so it does no harm.
    honest = found.extensions | FORMATS["text"].extensions if found.name == "json" else found.extensions
    declared = declared_type.partition(";")[0].strip().lower()
    if ending not in honest:
        raise Refused(
            "type_mismatch",
            f"The file is named .{ending} but holds {found.name}."
            if ending
            else f"The name has no ending for {found.name}.",
            f"Rename it to end in .{sorted(found.extensions)[0]}, or upload the file you meant.",
        )
    if declared not in found.types | _ANY_TYPE | _own_extension_types(ending):
        raise Refused(
            "type_mismatch",
            f"The file was declared as {declared} but holds {found.name}.",
            "Declare its true type, or upload the file you meant.",
        )


def _own_extension_types(ending: str) -> frozenset[str]:
    """Types that browsers send for an ending on their own account."""
    return frozenset({"text/plain", "text/markdown"}) if ending in {"txt", "md", "json"} else frozenset()


def demuxer_of(path: Path) -> str:
    """FFmpeg's demuxer for a file that was probed before, from its first bytes."""
    with path.open("rb") as file:
        return FORMATS[_signature(file.read(HEAD_BYTES))].demuxer
