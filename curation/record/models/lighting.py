"""How the scene is lit: in words, by colour temperature, sun, environment map, spherical harmonics or single lights."""

from math import sqrt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from curation.record import vocabulary as words
from curation.record.models.fields import (
    AssetId,
    ColourTemperature,
    Duv,
    Flag,
    Part,
    Positive,
    Real,
    Seconds,
    Vector,
    problem,
)

ROTATION_TOLERANCE = 1e-4
Cell = Annotated[float, Field(strict=True, ge=-1.001, le=1.001, allow_inf_nan=False)]
Nine = tuple[Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]
Rgb = tuple[Real, Real, Real]


class LightTags(Part):
    key_direction: words.KeyDirection | None = None
    quality: words.LightQuality | None = None
    key_ratio: words.KeyRatio | None = None
    type: Annotated[tuple[words.LightType, ...], Field(max_length=8)] = ()
    mood: words.LightMood | None = None


class Sun(Part):
    """Where the sun stands: azimuth clockwise from north, elevation above the horizon."""

    azimuth_deg: Annotated[float, Field(strict=True, ge=0, lt=360, allow_inf_nan=False)]
    elevation_deg: Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]


class EnvironmentMap(Part):
    """A latlong image of all the light: 2N x N pixels; `world_from_env` rotates its axes into the world, row by row."""

    asset: AssetId
    world_from_env: Nine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    exposure_ev: Annotated[float, Field(strict=True, ge=-30, le=30, allow_inf_nan=False)] = 0.0
    colorspace: words.MapColorSpace = "lin_rec709"
    hdr: Flag = True

    @model_validator(mode="after")
    def _is_rotation(self) -> "EnvironmentMap":
        a, b, c, d, e, f, g, h, i = self.world_from_env
        rows = ((a, b, c), (d, e, f), (g, h, i))
        products = [sum(x * y for x, y in zip(rows[m], rows[n], strict=True)) for m in range(3) for n in range(3)]
        identity = [float(m == n) for m in range(3) for n in range(3)]
        det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
        off = max(abs(p - q) for p, q in zip(products, identity, strict=True))
        if off > ROTATION_TOLERANCE or det < 0:
            raise problem(
                "not_a_rotation",
                "world_from_env is not a rotation.",
                "Give nine numbers of a proper rotation, row by row; the identity is 1 0 0 0 1 0 0 0 1.",
            )
        return self


class SphericalHarmonics(Part):
    """Real, without the Condon-Shortley sign, world axes: rows L00, L1-1, L10, L11, L2-2 .. L22; columns R, G, B."""

    order: Literal[2] = 2
    kind: words.SphericalHarmonicsKind
    coeffs: tuple[Rgb, Rgb, Rgb, Rgb, Rgb, Rgb, Rgb, Rgb, Rgb]


class Light(Part):
    """One lamp, in world axes.

    `direction` is the way its light travels (from the lamp into the scene); `softness_deg` is its apparent size.
    """

    role: words.LightRole
    type: words.LightShape
    direction: Vector | None = None
    position: Vector | None = None
    intensity: Positive
    unit: words.LightUnit
    cct_k: ColourTemperature | None = None
    softness_deg: Annotated[float, Field(strict=True, ge=0, le=180, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _is_placed(self) -> "Light":
        if self.type in ("directional", "spot") and self.direction is None:
            raise problem("missing", f"A {self.type} light needs a direction.", "Give direction as x, y, z.")
        if self.type != "directional" and self.position is None:
            raise problem("missing", f"A {self.type} light needs a position.", "Give position as x, y, z in metres.")
        if (self.type == "directional") != (self.unit == "lx"):
            raise problem(
                "wrong_unit",
                f"A {self.type} light is not measured in {self.unit}.",
                "Use lx for directional lights, cd or lm for the others.",
            )
        if self.direction is not None and sqrt(sum(x * x for x in self.direction)) < 1e-6:
            raise problem("out_of_range", "The direction has no length.", "Give a direction that is not 0, 0, 0.")
        return self


class LightKeyframe(Part):
    """What the light is at an instant; a value that stays null does not change there."""

    time_s: Seconds
    cct_k: ColourTemperature | None = None
    sun: Sun | None = None
    sh: SphericalHarmonics | None = None
    intensity_scale: Annotated[float, Field(strict=True, ge=0, le=1e6, allow_inf_nan=False)] | None = None


class Lighting(Part):
    static: Flag
    tags: LightTags | None = None
    cct_k: ColourTemperature | None = None
    duv: Duv | None = None
    sun: Sun | None = None
    env_map: EnvironmentMap | None = None
    sh: SphericalHarmonics | None = None
    lights: Annotated[tuple[Light, ...], Field(max_length=64)] = ()
    keyframes: Annotated[tuple[LightKeyframe, ...], Field(max_length=2_000)] = ()
    source: words.LightingSource

    @model_validator(mode="after")
    def _lit_by_something(self) -> "Lighting":
        if not any((self.tags, self.cct_k, self.sun, self.env_map, self.sh, self.lights)):
            raise problem(
                "empty",
                "The lighting says nothing of the light.",
                "Give tags, a colour temperature, the sun, an environment map, SH or lights; or write null.",
            )
        return self
