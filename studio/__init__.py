"""A procedural film set in torch: seeds become scenes whose camera, light, sound, depth and words are known exactly.

Refuses to know anything else of this project: it imports torch and numpy alone, reads no file and keeps no state.
World: right-handed, +Y up, -Z north, +X east, metres. Cameras: OpenCV axes, camera-to-world.
"""

from studio.camera_moves import MOVES, camera
from studio.captions import caption, variants
from studio.compose import compose
from studio.describe import describe
from studio.film import film, film_batch, reference_images, still
from studio.light import lighting
from studio.specs import ReferenceImage, Scene, SoundEvent, Take

__all__ = [
    "MOVES",
    "ReferenceImage",
    "Scene",
    "SoundEvent",
    "Take",
    "camera",
    "caption",
    "compose",
    "describe",
    "film",
    "film_batch",
    "lighting",
    "reference_images",
    "still",
    "variants",
]
