"""Pictures: size is read before a pixel is decoded, then every pixel is."""

from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused
from curation.rendering.stripping import NotStrippable, strip

_PILLOW_FORMAT = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_REEXPORT = "Save it again as png or jpg and check that it opens."


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a jpeg, png or webp; width and height are as shown, after the orientation tag.

    Raises:
        Refused: It does not decode to its last pixel, is too large, or moves.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit below speaks before any decoding, and by name
    try:
        with Image.open(path, formats=[_PILLOW_FORMAT[found.name]]) as image:
            _check_size(image.size, limits)
            # An MPO (a phone's JPEG with a second view) counts frames too; its first is the picture.
            if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                raise Refused("image_animated", "The picture moves.", "Upload one frame, or upload it as a clip.")
            orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
            image.load()
            width, height = image.size[::-1] if orientation in (5, 6, 7, 8) else image.size
            details = {
                "width": width,
                "height": height,
                "mime": f"image/{found.name}",
                "mode": image.mode,
                "orientation": orientation if orientation in range(1, 9) else 1,
                "has_location": bool(image.getexif().get_ifd(ExifTags.IFD.GPSInfo)),
            }
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused("image_undecodable", f"The picture cannot be decoded ({error}).", _REEXPORT) from error
    _check_parts(path, f"image/{found.name}")
    return Facts("image", f"image/{found.name}", path.stat().st_size, details)


def _check_parts(path: Path, content_type: str) -> None:
    """See that its metadata can be told from its pixels, as it has to be when it is published."""
    try:
        strip(path, content_type)
    except NotStrippable as error:
        raise Refused("image_parts_disordered", f"The picture's file is out of order: {error}.", _REEXPORT) from error


def _check_size(size: tuple[int, int], limits: Limits) -> None:
    width, height = size
    if width * height > limits.max_image_pixels or max(size) > limits.max_image_side_px:
        raise Refused(
            "image_too_large",
            f"The picture claims {width}x{height} pixels.",
            f"Save it with at most {limits.max_image_pixels // 10**6} million pixels.",
        )
