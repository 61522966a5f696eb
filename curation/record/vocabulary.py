"""The closed vocabularies of the record: every word that a program may count, search by or train on.

Names follow CameraBench (camera movement), ShotBench and CineTechBench (shot and light), written in snake case; the
sounds are the classes of the AudioSet ontology (`vocabularies`). A word is added here, with its labels there; removing
one is a new schema version.
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

CAMERA_PRIMITIVES: Final[tuple[str, ...]] = get_args(CameraPrimitive)

# What orbiting means as separate movements, seen by the camera: to the right around a subject while turning left.
ARC_PARTS: Final[dict[str, tuple[str, str]]] = {
    "arc_ccw": ("truck_right", "pan_left"),
    "arc_cw": ("truck_left", "pan_right"),
}
# Movements that are named by what the subject does: a path alone cannot show them.
SUBJECT_RELATIVE: Final = frozenset(name for name in CAMERA_PRIMITIVES if name.endswith("tracking"))
