"""The closed vocabularies of the record: every word that a program may count, search by or train on.

Names follow CameraBench (camera movement), ShotBench and CineTechBench (shot and light) and the AudioSet ontology
(sounds), written in snake case. A word is added here and nowhere else; removing one is a new schema version.
"""

from typing import Final, Literal, get_args

ShotSize = Literal[
    "extreme_wide", "wide", "full", "medium_wide", "medium", "medium_close_up", "close_up", "extreme_close_up"
]
CameraAngle = Literal["eye_level", "low", "high", "overhead", "dutch", "ground_level", "aerial", "worm_eye"]
Framing = Literal["single", "two_shot", "three_shot", "group", "over_the_shoulder", "point_of_view", "insert", "empty"]
LensLook = Literal["ultra_wide", "wide", "standard", "medium_telephoto", "telephoto", "macro", "fisheye", "anamorphic"]
Composition = Literal[
    "centered", "rule_of_thirds", "symmetrical", "leading_lines", "frame_within_frame", "diagonal", "balanced",
    "left_heavy", "right_heavy", "short_side", "negative_space", "deep_focus", "shallow_focus", "silhouette",
]  # fmt: skip
TimeOfDay = Literal["dawn", "sunrise", "morning", "noon", "afternoon", "sunset", "dusk", "night", "unknown"]
Weather = Literal["clear", "partly_cloudy", "overcast", "rain", "storm", "snow", "fog", "haze", "wind", "none"]
SubjectKind = Literal["person", "animal", "vehicle", "object", "plant", "structure", "natural", "effect"]

ReferenceRole = Literal["subject", "background", "style", "first_frame", "last_frame"]

SoundSource = Literal["on_screen", "off_screen"]

CameraPrimitive = Literal[
    "static",
    "dolly_in", "dolly_out", "truck_left", "truck_right", "pedestal_up", "pedestal_down",
    "pan_left", "pan_right", "tilt_up", "tilt_down", "roll_cw", "roll_ccw",
    "zoom_in", "zoom_out", "arc_cw", "arc_ccw",
    "tracking", "lead_tracking", "tail_tracking", "side_tracking", "aerial_tracking", "arc_tracking", "pan_tracking",
    "tilt_tracking",
]  # fmt: skip
CameraSpeed = Literal["slow", "regular", "fast"]
Steadiness = Literal["static", "no_shaking", "minimal_shaking", "unsteady", "very_unsteady"]
ReferenceFrame = Literal["camera", "ground", "object"]
CameraSource = Literal["authored", "sfm", "slam", "imu", "engine"]
CameraModel = Literal["pinhole", "opencv", "opencv_fisheye"]
UpKnowledge = Literal["declared", "estimated", "unknown"]
PoseFormat = Literal[
    "npy", "realestate10k", "colmap", "colmap_binary", "nerfstudio", "tum", "kitti", "blender", "gltf", "glb", "usd",
    "multicam", "pluecker",
]  # fmt: skip

KeyDirection = Literal[
    "front", "front_left", "front_right", "left", "right", "back_left", "back_right", "back", "top", "bottom", "ambient"
]
LightQuality = Literal["hard", "soft", "mixed"]
KeyRatio = Literal["low_key", "balanced", "high_key"]
LightType = Literal[
    "daylight", "overcast", "golden_hour", "blue_hour", "moonlight", "artificial", "tungsten", "fluorescent", "led",
    "neon", "candle", "firelight", "practical", "mixed",
]  # fmt: skip
LightMood = Literal[
    "neutral", "warm", "cold", "dramatic", "romantic", "mysterious", "tense", "cheerful", "melancholic", "dreamy",
    "gritty", "serene",
]  # fmt: skip
LightRole = Literal["key", "fill", "rim", "practical", "ambient"]
LightShape = Literal["directional", "point", "spot", "area"]
LightUnit = Literal["lx", "cd", "lm"]
LightingSource = Literal["authored", "measured", "estimated", "engine"]
MapColorSpace = Literal["lin_rec709", "lin_rec2020", "acescg", "srgb"]
SphericalHarmonicsKind = Literal["radiance", "irradiance"]

RightsBasis = Literal["own_work", "licensed", "commissioned", "public_domain"]
ReleaseKind = Literal["person", "property", "location"]
MiningKey = Literal["cawg.ai_inference", "cawg.ai_training", "cawg.ai_generative_training", "cawg.data_mining"]
MiningUse = Literal["allowed", "notAllowed", "constrained"]
AiGenerated = Literal["none", "partial", "full"]
Split = Literal["train", "validation", "test", "held_out_contributors", "excluded"]

MODALITIES: Final = ("scene", "reference_images", "audio", "camera", "lighting")

SHOT_SIZES: Final[tuple[str, ...]] = get_args(ShotSize)
CAMERA_PRIMITIVES: Final[tuple[str, ...]] = get_args(CameraPrimitive)
TIMES_OF_DAY: Final[tuple[str, ...]] = get_args(TimeOfDay)

# What orbiting means as separate movements, seen by the camera: to the right around a subject while turning left.
ARC_PARTS: Final[dict[str, tuple[str, str]]] = {
    "arc_ccw": ("truck_right", "pan_left"),
    "arc_cw": ("truck_left", "pan_right"),
}
# Movements that are named by what the subject does: a path alone cannot show them.
SUBJECT_RELATIVE: Final = frozenset(name for name in CAMERA_PRIMITIVES if name.endswith("tracking"))

# AudioSet ontology ids and display names (Google, CC BY-SA 4.0), the ones that shots commonly need.
AUDIOSET: Final[dict[str, str]] = {
    "/m/09x0r": "Speech",
    "/m/01h8n0": "Conversation",
    "/m/02qldy": "Narration, monologue",
    "/m/07p6fty": "Shout",
    "/m/03qc9zr": "Screaming",
    "/m/02rtxlg": "Whispering",
    "/m/01j3sz": "Laughter",
    "/m/0463cq4": "Crying, sobbing",
    "/m/015lz1": "Singing",
    "/m/0lyf6": "Breathing",
    "/m/06h7j": "Run",
    "/m/07pbtc8": "Walk, footsteps",
    "/m/0l15bq": "Clapping",
    "/m/028ght": "Applause",
    "/m/03qtwd": "Crowd",
    "/m/0bt9lr": "Dog",
    "/m/05tny_": "Bark",
    "/m/01yrx": "Cat",
    "/m/03k3r": "Horse",
    "/m/015p6": "Bird",
    "/m/020bb7": "Bird vocalization, bird call, bird song",
    "/m/03vt0": "Insect",
    "/m/04rlf": "Music",
    "/m/0342h": "Guitar",
    "/m/05r5c": "Piano",
    "/m/026t6": "Drum",
    "/m/0395lw": "Bell",
    "/m/025td0t": "Background music",
    "/m/03m9d0z": "Wind",
    "/m/09t49": "Rustling leaves",
    "/m/0ngt1": "Thunder",
    "/m/0838f": "Water",
    "/m/06mb1": "Rain",
    "/m/0j6m2": "Stream",
    "/m/05kq4": "Ocean",
    "/m/034srq": "Waves, surf",
    "/m/02_41": "Fire",
    "/m/07yv9": "Vehicle",
    "/m/0k4j": "Car",
    "/m/0912c9": "Vehicle horn, car horn, honking",
    "/m/04_sv": "Motorcycle",
    "/m/0btp2": "Traffic noise, roadway noise",
    "/m/07jdr": "Train",
    "/m/0k5j": "Aircraft",
    "/m/02mk9": "Engine",
    "/m/02dgv": "Door",
    "/m/07rjzl8": "Slam",
    "/m/07r4wb8": "Knock",
    "/m/07qcpgn": "Tap",
    "/m/07q6cd_": "Squeak",
    "/m/0316dw": "Typing",
    "/m/07cx4": "Telephone",
    "/m/07pp_mv": "Alarm",
    "/m/03kmc9": "Siren",
    "/t/dd00077": "Mechanisms",
    "/m/01x3z": "Clock",
    "/m/014zdl": "Explosion",
    "/m/032s66": "Gunshot, gunfire",
    "/m/083vt": "Wood",
    "/m/039jq": "Glass",
    "/m/07rn7sz": "Shatter",
    "/m/07rrlb6": "Splash, splatter",
    "/m/07rqsjt": "Whoosh, swoosh, swish",
    "/m/07qnq_y": "Thump, thud",
    "/m/07rrh0c": "Thunk",
    "/m/07pws3f": "Bang",
    "/m/07pjjrj": "Smash, crash",
    "/m/07pqn27": "Bouncing",
    "/m/07qv4k0": "Scrape",
    "/m/07s8j8t": "Roll",
    "/m/07rv4dm": "Clang",
    "/m/07qh7jl": "Creak",
    "/m/07rcgpl": "Hum",
    "/m/028v0c": "Silence",
    "/t/dd00125": "Inside, small room",
    "/t/dd00126": "Inside, large room or hall",
    "/t/dd00128": "Outside, urban or manmade",
    "/t/dd00129": "Outside, rural or natural",
}
