"""Pictures, clips and maps to small arrays. Only files that passed the probe come here."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageOps

from curation.probing.opening import opened
from curation.record.lighting import REC709_LUMINANCE
from curation.scoring.seam import Clip, EnvironmentMap, Picture
from curation.scoring.watching import Glimpse, Shrinker, Watcher, spread

GRAY_SHORT_SIDE_PX = 512  # sharpness and noise depend on scale, so pictures are measured at one
MAP_WIDTH_PX = 512


def picture(path: Path, part: str, *, short_side: int, with_gray: bool, sizes: Collection[int] = ()) -> Picture:
    """A picture the right way up, reduced; its JPEG is decoded no larger than needed."""
    with Image.open(path) as image:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
        width, height = image.size[::-1] if orientation in (5, 6, 7, 8) else image.size
        wanted = max(short_side, GRAY_SHORT_SIDE_PX if with_gray else 1, *sizes)
        image.draft("RGB", (wanted, wanted))
        tables = getattr(image, "quantization", None)
        upright = _as_rgb(ImageOps.exif_transpose(image))
    return Picture(
        part,
        width,
        height,
        rgb=np.asarray(reduce_to(upright, short_side)) if short_side else None,
        gray=np.asarray(reduce_to(upright.convert("L"), GRAY_SHORT_SIDE_PX, enlarge=False)) if with_gray else None,
        sized={size: np.asarray(reduce_to(upright, size)) for size in sizes},
        orientation=orientation if orientation in range(1, 9) else 1,
        jpeg_step=float(np.mean(tables[0])) if tables else None,
    )


def reduce_to(image: Image.Image, short_side: int, *, enlarge: bool = True) -> Image.Image:
    """The image with its short side as asked, bicubic."""
    width, height = image.size
    scale = short_side / min(width, height)
    if scale == 1 or (scale > 1 and not enlarge):
        return image
    size = (max(short_side, round(width * scale)), max(short_side, round(height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16-bit gray: Pillow's own conversion would clip it at 255
        image = Image.fromarray((np.asarray(image).astype(np.uint32) // 257).clip(0, 255).astype(np.uint8))
    return image.convert("RGB")


def clip(
    path: Path,
    facts: Mapping[str, Any],
    *,
    frames: int,
    short_side: int,
    watchers: Iterable[type[Watcher[Any]]] = (),
) -> Clip:
    """Evenly spaced RGB frames and what the watchers found, from one pass over the clip."""
    picks = frozenset(spread(max(int(facts["num_frames"]), 1), frames))
    watching = [watcher(facts) for watcher in watchers]
    colour: list[np.ndarray] = []
    for glimpse in glimpses(path, facts):
        if glimpse.index in picks:
            colour.append(glimpse.rgb(short_side))
        for watcher in watching:
            watcher.see(glimpse)
    return Clip(facts, tuple(colour), {type(watcher): watcher.found() for watcher in watching})


def glimpses(path: Path, facts: Mapping[str, Any]) -> Iterator[Glimpse]:
    """Every frame of the clip in order of presentation; each is good until the next one is asked for."""
    shrinker = Shrinker(clockwise_deg=int(facts.get("rotation", 0)))
    with opened(path) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1  # clips are decoded side by side already
        for index, frame in enumerate(container.decode(stream)):
            yield Glimpse(frame, index, shrinker)


def environment(path: Path) -> EnvironmentMap:
    """A latlong map, reduced by averaging areas; its brightest original pixel is kept as a number."""
    import OpenEXR

    channels = OpenEXR.File(str(path), separate_channels=True).channels()
    bands = [channels[band].pixels for band in "RGB"]
    height, width = bands[0].shape
    peak = max(_row_peak([band[row] for band in bands]) for row in range(height))
    return EnvironmentMap(np.stack([_area_mean(band) for band in bands], axis=-1), width, height, peak)


def _row_peak(rows: list[np.ndarray]) -> float:
    red, green, blue = (row.astype(np.float32) for row in rows)
    weights = REC709_LUMINANCE
    return float((weights[0] * red + weights[1] * green + weights[2] * blue).max())


def _area_mean(pixels: np.ndarray) -> np.ndarray:
    height, width = pixels.shape
    step = max(1, width // MAP_WIDTH_PX)
    kept = pixels[: height // step * step, : width // step * step]
    if step == 1:
        return kept.astype(np.float32)
    return kept.reshape(height // step, step, width // step, step).mean(axis=(1, 3), dtype=np.float32)
