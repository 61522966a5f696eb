"""How a decoded frame becomes one that every screen shows alike: upright, square pixels, small, Rec.709, 8 bits."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from av import VideoFrame
from av.filter import Graph

from curation.rendering import hdr

SHORT_SIDE_PX = 720
LONG_SIDE_PX = 2560
MAX_PIXEL_ASPECT = 4  # pixels longer than that are a mistake in the file
TRANSFERS = {16: "pq", 18: "hlg"}  # ITU-T H.273 transfer characteristics
# H.273 matrix coefficients and ranges -> FFmpeg's names; what is not said is what players assume.
MATRICES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020nc", 10: "bt2020nc"}
FULL_RANGE = 2
HD_HEIGHT = 576  # above it players take an unmarked picture for Rec.709
# Signs of a display matrix (a, b, c, d; x right, y down) -> filters, clockwise turn, whether it mirrors.
TURNS: dict[tuple[int, int, int, int], tuple[tuple[str, ...], int, bool]] = {
    (1, 0, 0, 1): ((), 0, False),
    (0, 1, -1, 0): (("transpose=clock",), 90, False),
    (-1, 0, 0, -1): (("hflip", "vflip"), 180, False),
    (0, -1, 1, 0): (("transpose=cclock",), 270, False),
    (-1, 0, 0, 1): (("hflip",), 0, True),
    (1, 0, 0, -1): (("vflip",), 180, True),
    (0, 1, 1, 0): (("transpose=cclock_flip",), 90, True),
    (0, -1, -1, 0): (("transpose=clock_flip",), 270, True),
}
UPRIGHT = (1, 0, 0, 1)


class LookChanges(ValueError):
    """Frames change their format in the middle of the clip."""


@dataclass
class Look:
    """One clip's way from decoded to shown frames.

    Attributes:
        width, height: As shown, pixels, even.
        rotation_deg: Clockwise turn that was applied; `mirrored` where it also flips.
        transfer: pq or hlg where light was mapped to Rec.709.
    """

    width: int
    height: int
    rotation_deg: int
    mirrored: bool
    transfer: str | None
    graph: Graph
    pix_fmt: str

    def apply(self, frame: VideoFrame) -> VideoFrame:
        """The frame as shown, yuv420p, Rec.709, limited range. Raises `LookChanges`."""
        if frame.format.name != self.pix_fmt:
            raise LookChanges(f"its frames change from {self.pix_fmt} to {frame.format.name}")
        frame.pts = None  # the filters are asked about pixels alone
        self.graph.vpush(frame)
        return self.graph.vpull()


def look_of(frame: VideoFrame, *, pixel_aspect: Fraction, folder: Path) -> Look:
    """The look of a clip whose first frame this is.

    Args:
        pixel_aspect: Width of a pixel over its height.
        folder: Where a table for its light may be written.
    """
    turns, rotation_deg, mirrored = TURNS[_orientation(frame)]
    width, height = shown_size(frame.width, frame.height, pixel_aspect)
    transfer = TRANSFERS.get(int(frame.color_trc or 0))
    chain = [_scaled(frame, width, height, transfer, folder), *turns, "setsar=1", "format=yuv420p"]
    if turns and turns[0].startswith("transpose"):
        width, height = height, width
    graph = _graph(frame, ",".join(chain).split(","))
    return Look(width, height, rotation_deg, mirrored, transfer, graph, frame.format.name)


def shown_size(width: int, height: int, pixel_aspect: Fraction) -> tuple[int, int]:
    """Width and height with square pixels, never enlarged beyond them, both even, before turning."""
    if not Fraction(1, MAX_PIXEL_ASPECT) <= pixel_aspect <= MAX_PIXEL_ASPECT:
        pixel_aspect = Fraction(1)
    square = width * float(pixel_aspect)
    scale = min(1.0, SHORT_SIDE_PX / min(square, height), LONG_SIDE_PX / max(square, height))
    return _even(square * scale), _even(height * scale)


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


def _scaled(frame: VideoFrame, width: int, height: int, transfer: str | None, folder: Path) -> str:
    scale = f"scale={width}:{height}:flags=bicubic"
    if not transfer:
        return f"{scale}:out_color_matrix=bt709:out_range=tv"
    table = hdr.write_table(folder, transfer)
    return (
        f"{scale}:in_color_matrix=bt2020,format=gbrp16le,"
        f"lut3d=file={table}:interp=tetrahedral,scale=out_color_matrix=bt709:out_range=tv"
    )


def _graph(frame: VideoFrame, chain: Sequence[str]) -> Graph:
    graph = Graph()
    graph.threads = 1  # clips are rendered side by side, and a picture this small gains nothing
    source = (
        f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/1000:pixel_aspect=1/1"
        f":colorspace={_matrix(frame)}:range={'pc' if _is_full(frame) else 'tv'}"
    )
    nodes = [graph.add("buffer", source)]
    for item in chain:
        name, _, arguments = item.partition("=")
        nodes.append(graph.add(name, arguments or None))
    graph.link_nodes(*nodes, graph.add("buffersink")).configure()
    return graph


def _matrix(frame: VideoFrame) -> str:
    if frame.format.name.startswith(("rgb", "bgr", "gbr")):
        return "gbr"
    assumed = "bt709" if frame.height > HD_HEIGHT else "smpte170m"
    return MATRICES.get(int(frame.colorspace or 0), assumed)


def _is_full(frame: VideoFrame) -> bool:
    return int(frame.color_range or 0) == FULL_RANGE or frame.format.name.startswith(("yuvj", "rgb", "bgr", "gbr"))


def _orientation(frame: Any) -> tuple[int, int, int, int]:
    """Signs of the display matrix, to the nearest quarter turn."""
    data = next((bytes(item) for item in frame.side_data if item.type.name == "DISPLAYMATRIX"), None)
    if data is None or len(data) < 20:
        return UPRIGHT
    a, b, _, c, d = (int.from_bytes(data[4 * i : 4 * i + 4], "little", signed=True) for i in range(5))
    largest = max(abs(a), abs(b), abs(c), abs(d)) or 1
    signs = [0 if 2 * abs(value) < largest else (1 if value > 0 else -1) for value in (a, b, c, d)]
    found = (signs[0], signs[1], signs[2], signs[3])
    return found if found in TURNS else UPRIGHT
