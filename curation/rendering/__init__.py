"""What others see of a contributor's file: a proxy, a poster, a preview without metadata, a waveform.

Made from the original once, in a process that may die of it. Refuses to enlarge, to keep any metadata, and to let a
frame land at another time than the original shows it.
"""

from curation.rendering.process import RenderBroken, render
from curation.rendering.profiles import PROFILES, Profile, Rendered, RenderedFile, RenderFailed, RenderLimits

__all__ = [
    "PROFILES",
    "Profile",
    "RenderBroken",
    "RenderFailed",
    "RenderLimits",
    "Rendered",
    "RenderedFile",
    "render",
]
