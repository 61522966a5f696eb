"""A picture as others see it: upright, sRGB, no larger than a screen, without anything but its pixels."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

from curation.rendering.profiles import Rendered, RenderedFile

PREVIEW_PX = 2048
THUMBNAIL_PX = 320
WEBP_QUALITY = 85


def render(path: Path, folder: Path) -> Rendered:
    """`preview.webp`, its long side 2048 at most, and `thumbnail.webp`, 320."""
    Image.MAX_IMAGE_PIXELS = None  # the probe has judged the size
    with Image.open(path) as image:
        image.draft("RGB", (PREVIEW_PX, PREVIEW_PX))
        shown = in_srgb(ImageOps.exif_transpose(image))
    return Rendered((save(shown, folder, "preview", PREVIEW_PX), save(shown, folder, "thumbnail", THUMBNAIL_PX)))


def in_srgb(image: Image.Image) -> Image.Image:
    """The image as sRGB, RGB or RGBA; an embedded profile is applied, one that is none is not."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16-bit gray: Pillow's own conversion would clip it at 255
        image = Image.fromarray((np.asarray(image).astype(np.uint32) // 257).clip(0, 255).astype(np.uint8))
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGBA" if image.mode == "RGBA" else "RGB"
            )
            image = converted or image
        except (ImageCms.PyCMSError, OSError):  # a profile for another mode, or damaged: screens ignore it as well
            pass
    return image.convert("RGBA" if has_alpha else "RGB")


def save(image: Image.Image, folder: Path, role: str, long_side_px: int) -> RenderedFile:
    """Write a reduced copy with nothing beside its pixels."""
    scale = min(1.0, long_side_px / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    reduced = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0) if scale < 1 else image.copy()
    reduced.info = {}  # encoders take profiles, comments and positions from here
    path = folder / f"{role}.webp"
    reduced.save(path, quality=WEBP_QUALITY, method=4)
    details = {"width": reduced.width, "height": reduced.height}
    return RenderedFile(role, path.name, "image/webp", path.stat().st_size, details)
