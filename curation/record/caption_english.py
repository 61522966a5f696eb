"""English words for the vocabularies of the record: the only place a caption's wording comes from."""

SIZES = {
    "extreme_wide": "Extreme wide shot", "wide": "Wide shot", "full": "Full shot", "medium_wide": "Medium wide shot",
    "medium": "Medium shot", "medium_close_up": "Medium close-up", "close_up": "Close-up",
    "extreme_close_up": "Extreme close-up",
}  # fmt: skip
ANGLES = {
    "eye_level": "at eye level", "low": "from a low angle", "high": "from a high angle", "overhead": "from overhead",
    "dutch": "at a Dutch angle", "ground_level": "at ground level", "aerial": "from the air",
    "worm_eye": "from a worm's-eye view",
}  # fmt: skip
FRAMINGS = {
    "single": "single framing", "two_shot": "two-shot framing", "three_shot": "three-shot framing",
    "group": "group framing", "over_the_shoulder": "over the shoulder", "point_of_view": "point of view",
    "insert": "insert", "empty": "no subject in frame",
}  # fmt: skip
LENSES = {
    "ultra_wide": "ultra-wide lens", "wide": "wide lens", "standard": "standard lens",
    "medium_telephoto": "medium telephoto lens", "telephoto": "telephoto lens", "macro": "macro lens",
    "fisheye": "fisheye lens", "anamorphic": "anamorphic lens",
}  # fmt: skip
TIMES_OF_DAY = {
    "dawn": "at dawn", "sunrise": "at sunrise", "morning": "in the morning", "noon": "at noon",
    "afternoon": "in the afternoon", "sunset": "at sunset", "dusk": "at dusk", "night": "at night",
}  # fmt: skip
WEATHER = {
    "clear": "in clear weather", "partly_cloudy": "under a partly cloudy sky", "overcast": "under an overcast sky",
    "rain": "in the rain", "storm": "in a storm", "snow": "in the snow", "fog": "in fog", "haze": "in haze",
    "wind": "in the wind",
}  # fmt: skip
MOVEMENTS = {
    "static": "stays static", "dolly_in": "dollies in", "dolly_out": "dollies out", "truck_left": "trucks left",
    "truck_right": "trucks right", "pedestal_up": "pedestals up", "pedestal_down": "pedestals down",
    "pan_left": "pans left", "pan_right": "pans right", "tilt_up": "tilts up", "tilt_down": "tilts down",
    "roll_cw": "rolls clockwise", "roll_ccw": "rolls counterclockwise", "zoom_in": "zooms in",
    "zoom_out": "zooms out", "arc_cw": "arcs clockwise around the subject",
    "arc_ccw": "arcs counterclockwise around the subject", "tracking": "tracks the subject",
    "lead_tracking": "leads the subject", "tail_tracking": "follows behind the subject",
    "side_tracking": "tracks the subject from the side", "aerial_tracking": "tracks the subject from the air",
    "arc_tracking": "tracks the subject in an arc", "pan_tracking": "pans to track the subject",
    "tilt_tracking": "tilts to track the subject",
}  # fmt: skip
SPEEDS = {"slow": "slowly ", "regular": "", "fast": "quickly "}
STEADINESS = {
    "static": "on a fixed mount", "no_shaking": "without any shake", "minimal_shaking": "with minimal shake",
    "unsteady": "with a handheld shake", "very_unsteady": "with a strong handheld shake",
}  # fmt: skip
KEY_DIRECTIONS = {
    "front": "from the front", "front_left": "from the front left", "front_right": "from the front right",
    "left": "from the left", "right": "from the right", "back_left": "from the back left",
    "back_right": "from the back right", "back": "from behind", "top": "from above", "bottom": "from below",
    "ambient": "from all around",
}  # fmt: skip
LIGHT_TYPES = {
    "daylight": "daylight", "overcast": "overcast daylight", "golden_hour": "golden-hour light",
    "blue_hour": "blue-hour light", "moonlight": "moonlight", "artificial": "artificial light",
    "tungsten": "tungsten light", "fluorescent": "fluorescent light", "led": "LED light", "neon": "neon light",
    "candle": "candlelight", "firelight": "firelight", "practical": "practical lights", "mixed": "mixed light",
}  # fmt: skip
KEY_RATIOS = {"low_key": "low-key contrast", "balanced": "balanced contrast", "high_key": "high-key contrast"}
COMPASS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def spaced(word: str) -> str:
    """A word of a vocabulary as it is spoken: `rule_of_thirds` is "rule of thirds"."""
    return word.replace("_", " ")


def compass(azimuth_deg: float) -> str:
    """The nearest of eight winds."""
    return COMPASS[int((azimuth_deg + 22.5) // 45) % 8]


def definite(name: str) -> str:
    """`the red ball` of `a red ball` or `red ball`; a name with a capital stands as it is."""
    if name[:1].isupper():
        return name
    first, _, rest = name.partition(" ")
    return f"the {rest if rest and first in ('a', 'an', 'the') else name}"
