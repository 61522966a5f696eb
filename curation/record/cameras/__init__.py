"""Camera paths: the canonical form, importers and exporters, resampling, geometric checks, movements in words.

Works on bytes and arrays that it is given; opens no files, and executes nothing that a file contains.
"""

from curation.record.cameras.checks import METRICS, check_path
from curation.record.cameras.conventions import CONVENTIONS, Convention
from curation.record.cameras.detection import detect, detect_json, detect_text
from curation.record.cameras.exporting import export_camera, losses_of
from curation.record.cameras.formats import FORMATS, CameraFormat
from curation.record.cameras.importing import import_camera
from curation.record.cameras.keyframes import COURSES, EASINGS, MAX_KEY_FRAMES, KeyFrame, looking_at, path_through
from curation.record.cameras.npy import load_poses, save_poses
from curation.record.cameras.path import MAX_FRAMES, CameraPath, Distortion, PhysicalLens
from curation.record.cameras.preview import preview
from curation.record.cameras.primitives import Primitive, derive_primitives, primitive_f1
from curation.record.cameras.reading import ExportedPath, ImportedPath, Loss, Reading
from curation.record.cameras.resampling import crop, on_timeline, resample, resize, with_times
from curation.record.cameras.steadiness import Hold, derive_steadiness

__all__ = [
    "CONVENTIONS",
    "COURSES",
    "EASINGS",
    "FORMATS",
    "MAX_FRAMES",
    "MAX_KEY_FRAMES",
    "METRICS",
    "CameraFormat",
    "CameraPath",
    "Convention",
    "Distortion",
    "ExportedPath",
    "Hold",
    "ImportedPath",
    "KeyFrame",
    "Loss",
    "PhysicalLens",
    "Primitive",
    "Reading",
    "check_path",
    "crop",
    "derive_primitives",
    "derive_steadiness",
    "detect",
    "detect_json",
    "detect_text",
    "export_camera",
    "import_camera",
    "load_poses",
    "looking_at",
    "losses_of",
    "on_timeline",
    "path_through",
    "preview",
    "primitive_f1",
    "resample",
    "resize",
    "save_poses",
    "with_times",
]
