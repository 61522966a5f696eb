"""The paint shop: named colours and named finishes.

Patterns are sums and products of sines, so that they are band-limited and fade, never alias, with distance.
"""

from __future__ import annotations

from typing import get_args

from studio.specs import Material, Pattern, Vec3

PATTERNS: tuple[str, ...] = get_args(Pattern)

# sRGB, 8 bits; chosen far apart in hue so that a colour's name is never in doubt.
_SRGB: dict[str, tuple[int, int, int]] = {
    "red": (208, 28, 30),
    "orange": (240, 122, 14),
    "yellow": (245, 212, 36),
    "green": (36, 148, 52),
    "cyan": (40, 196, 200),
    "blue": (28, 72, 206),
    "purple": (136, 44, 176),
    "pink": (242, 118, 172),
    "white": (240, 240, 238),
    "black": (24, 24, 26),
}
COLORS = tuple(_SRGB)
FINISHES = ("matte", "glossy", "metallic", "striped", "checkered")


def linear(srgb: tuple[int, int, int]) -> Vec3:
    """Linear Rec.709 in [0, 1] of an 8-bit sRGB triple (IEC 61966-2-1)."""

    def channel(value: int) -> float:
        c = value / 255
        return round(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4, 6)

    return channel(srgb[0]), channel(srgb[1]), channel(srgb[2])


def paint(color: str, finish: str = "matte") -> Material:
    """The named finish in the named colour."""
    rgb = linear(_SRGB[color])
    if finish == "glossy":
        return Material(finish, rgb, rgb, gloss=0.8)
    if finish == "metallic":
        return Material(finish, rgb, rgb, gloss=0.72, metal=0.75)
    if finish in ("striped", "checkered"):
        pale = linear((236, 234, 226)) if color != "white" else linear((70, 72, 80))
        pattern: Pattern = "stripes" if finish == "striped" else "checks"
        return Material(finish, rgb, pale, pattern, cycles_per_m=3.2 if finish == "striped" else 2.6, gloss=0.3)
    return Material("matte", rgb, rgb, gloss=0.08)


def surface(
    name: str, srgb: tuple[int, int, int], second: tuple[int, int, int] | None = None, **looks: object
) -> Material:
    """A surface of the scenery, by 8-bit sRGB colours; `looks` are fields of `Material`."""
    return Material(name, linear(srgb), linear(second or srgb), **looks)  # type: ignore[arg-type]  # fields of Material, checked by it


RUBBER = surface("rubber", (30, 30, 32), gloss=0.15)
GLASS = surface("glass", (40, 52, 66), gloss=0.9)
STEEL = surface("steel", (150, 154, 160), gloss=0.6, metal=1.0)
EYES = surface("eyes", (245, 250, 255), emission=0.6)
SKIN = surface("skin", (224, 172, 132), gloss=0.1)

FLOORS: dict[str, Material] = {
    "wooden floor": surface("wood", (170, 122, 78), (150, 104, 64), pattern="grain", cycles_per_m=4.0, gloss=0.35),
    "stone floor": surface("stone", (150, 148, 146), (120, 118, 118), pattern="clouds", cycles_per_m=0.8, gloss=0.15),
    "tiled floor": surface("tiles", (206, 202, 194), (150, 160, 168), pattern="checks", cycles_per_m=0.55, gloss=0.5),
    "concrete floor": surface(
        "concrete", (142, 142, 140), (124, 124, 124), pattern="clouds", cycles_per_m=0.5, gloss=0.1
    ),
    "grass": surface("grass", (98, 140, 60), (84, 124, 52), pattern="clouds", cycles_per_m=0.9),
    "sand": surface("sand", (214, 186, 136), (202, 173, 123), pattern="clouds", cycles_per_m=0.5),
    "snow": surface("snow", (232, 238, 246), (220, 229, 241), pattern="clouds", cycles_per_m=0.4),
    "asphalt": surface("asphalt", (96, 98, 102), (86, 88, 92), pattern="clouds", cycles_per_m=0.8),
    "paving": surface("paving", (172, 164, 152), (146, 138, 128), pattern="checks", cycles_per_m=0.6),
}
WALLS: dict[str, Material] = {
    "cream walls": surface("plaster", (226, 214, 190), (216, 202, 176), pattern="clouds", cycles_per_m=0.3),
    "grey walls": surface("plaster", (178, 180, 184), (168, 170, 174), pattern="clouds", cycles_per_m=0.3),
    "teal walls": surface("plaster", (92, 142, 142), (82, 130, 132), pattern="clouds", cycles_per_m=0.3),
    "brick walls": surface("brick", (156, 84, 66), (134, 70, 54), pattern="stripes", cycles_per_m=1.6),
    "striped wallpaper": surface("wallpaper", (206, 196, 206), (176, 164, 184), pattern="checks", cycles_per_m=1.0),
}
CEILING = surface("ceiling", (232, 230, 226))
