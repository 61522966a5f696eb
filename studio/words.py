"""The vocabulary in which scenes are told: every noun, colour, action, place and move with its other names."""

from __future__ import annotations

NOUN_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "ball": (("ball", "balls"), ("ball", "balls"), ("sphere", "spheres")),
    "crate": (("crate", "crates"), ("box", "boxes")),
    "barrel": (("barrel", "barrels"), ("barrel", "barrels"), ("drum", "drums")),
    "cone": (("cone", "cones"),),
    "robot": (("robot", "robots"), ("robot", "robots"), ("android", "androids")),
    "person": (("person", "people"), ("person", "people"), ("figure", "figures")),
    "dog": (("dog", "dogs"), ("dog", "dogs"), ("hound", "hounds")),
    "car": (("car", "cars"), ("car", "cars"), ("automobile", "automobiles")),
    "balloon": (("balloon", "balloons"),),
}
COLOR_WORDS: dict[str, tuple[str, ...]] = {
    "purple": ("purple", "purple", "violet"),
    "cyan": ("cyan", "turquoise"),
    "pink": ("pink", "pink", "rose-coloured"),
    "orange": ("orange",),
}
FINISH_WORDS: dict[str, tuple[str, ...]] = {
    "matte": ("", "", "matte", "dull"),
    "glossy": ("", "glossy", "shiny"),
    "metallic": ("metallic", "metal", ""),
    "striped": ("striped", "stripy"),
    "checkered": ("checkered", "patterned"),
}
# verb -> (it ..., they ..., ...ing)
VERB_WORDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "bounces": (
        ("bounces", "bounce", "bouncing"),
        ("bounces up and down", "bounce up and down", "bouncing up and down"),
    ),
    "rolls": (("rolls", "roll", "rolling"), ("rolls along", "roll along", "rolling along")),
    "falls": (("falls", "fall", "falling"), ("drops to the ground", "drop to the ground", "dropping to the ground")),
    "slides": (("slides", "slide", "sliding"), ("slides along", "slide along", "sliding along")),
    "spins": (("spins", "spin", "spinning"), ("turns around", "turn around", "turning around")),
    "walks": (
        ("walks", "walk", "walking"),
        ("walks past", "walk past", "walking past"),
        ("strides", "stride", "striding"),
    ),
    "jumps": (("jumps", "jump", "jumping"), ("leaps up", "leap up", "leaping up"), ("hops", "hop", "hopping")),
    "waves": (
        ("waves", "wave", "waving"),
        ("raises an arm and waves", "raise an arm and wave", "raising an arm and waving"),
    ),
    "drives": (("drives", "drive", "driving"), ("drives past", "drive past", "driving past")),
    "rises": (("rises", "rise", "rising"), ("drifts upwards", "drift upwards", "drifting upwards")),
    "floats": (("floats", "float", "floating"), ("hovers", "hover", "hovering")),
}
_RESTS = (
    ("rests", "rest", "resting"),
    ("sits still", "sit still", "sitting still"),
    ("stays in place", "stay in place", "staying in place"),
)
_STANDS = (("stands", "stand", "standing"), ("stands still", "stand still", "standing still"))
_PARKED = (("is parked", "are parked", "parked"), ("stands still", "stand still", "standing still"))


def verb_words(verb: str, noun: str) -> tuple[tuple[str, str, str], ...]:
    """The forms of this action for this noun."""
    if verb != "rests":
        return VERB_WORDS[verb]
    return _STANDS if noun in ("robot", "person", "dog") else _PARKED if noun == "car" else _RESTS


PLACE_WORDS: dict[str, tuple[str, ...]] = {
    "living room": ("in a living room", "in a room with a wooden floor", "in a furnished room"),
    "gallery": ("in a gallery", "in a large bright hall", "in a gallery hall"),
    "workshop": ("in a workshop", "in a wide workshop with a concrete floor"),
    "kitchen": ("in a kitchen", "in a tiled kitchen"),
    "meadow": ("in a meadow", "on the grass", "on a green meadow"),
    "desert": ("in the desert", "on desert sand", "in a sandy desert"),
    "snowy field": ("in a snowy field", "in the snow", "on a field of snow"),
    "town square": ("in a town square", "on a paved square"),
    "street": ("on a street", "on an asphalt street"),
}
TIME_WORDS: dict[str, tuple[str, ...]] = {
    "dawn": ("at dawn", "at daybreak", "in early light"),
    "morning": ("in the morning", "on a morning"),
    "noon": ("at noon", "at midday"),
    "afternoon": ("in the afternoon", "on an afternoon"),
    "sunset": ("at sunset", "in evening light"),
    "night": ("at night", "by moonlight"),
}
WEATHER_WORDS: dict[str, tuple[str, ...]] = {
    "clear": ("under a clear sky", "in clear weather"),
    "partly cloudy": ("under scattered clouds", "under a partly cloudy sky"),
    "overcast": ("under an overcast sky", "under grey clouds"),
    "foggy": ("in fog", "in thick haze"),
}
MOVE_WORDS: dict[str, tuple[str, ...]] = {
    "static": ("the camera holds still", "a locked-off camera watches", "the shot is static"),
    "dolly_in": ("the camera dollies in", "the camera pushes in", "the camera moves forward"),
    "dolly_out": ("the camera dollies out", "the camera pulls back", "the camera moves backward"),
    "truck_left": ("the camera trucks left", "the camera slides to the left"),
    "truck_right": ("the camera trucks right", "the camera slides to the right"),
    "pedestal_up": ("the camera pedestals up", "the camera rises straight up"),
    "pedestal_down": ("the camera pedestals down", "the camera sinks straight down"),
    "pan_left": ("the camera pans left", "the camera turns to the left"),
    "pan_right": ("the camera pans right", "the camera turns to the right"),
    "tilt_up": ("the camera tilts up",),
    "tilt_down": ("the camera tilts down",),
    "roll_cw": ("the camera rolls clockwise",),
    "roll_ccw": ("the camera rolls counterclockwise",),
    "zoom_in": ("the lens zooms in", "a zoom in narrows the view"),
    "zoom_out": ("the lens zooms out", "a zoom out widens the view"),
    "arc_left": ("the camera arcs to the left", "the camera orbits leftward around the subject"),
    "arc_right": ("the camera arcs to the right", "the camera orbits rightward around the subject"),
    "tracking": ("the camera tracks the subject", "the camera travels along with the subject"),
}
SOUND_WORDS: dict[str, str] = {
    "bounces": "each bounce on the ground",
    "falls": "the thud of the landing",
    "jumps": "the thump of every landing",
    "walks": "footsteps in time with the stride",
    "rolls": "a low rolling rumble",
    "slides": "a scraping sound",
    "drives": "the hum of an engine",
}
NUMBER_WORDS = {1: "a", 2: "two", 3: "three"}
