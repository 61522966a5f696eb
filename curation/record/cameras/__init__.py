"""Camera paths: the canonical form, importers and exporters, resampling, geometric checks, movements in words.

Works on bytes and arrays that it is given; opens no files, and executes nothing that a file contains.
"""

from curation.record.cameras.checks import METRICS, check_path
from curation.record.cameras.conventions import CONVENTIONS, Convention
from curation.record.cameras.formats import FORMATS, CameraFormat, detect, export_camera, import_camera, with_times
from curation.record.cameras.npy import load_poses, save_poses
from curation.record.cameras.path import MAX_FRAMES, CameraPath
from curation.record.cameras.primitives import Primitive, derive_primitives, primitive_f1
from curation.record.cameras.reading import ExportedPath, ImportedPath, Loss, Reading
from curation.record.cameras.resampling import crop, resample, resize
from curation.record.cameras.steadiness import Hold, derive_steadiness

__all__ = [
    "CONVENTIONS",
    "FORMATS",
    "MAX_FRAMES",
    "METRICS",
    "CameraFormat",
    "CameraPath",
    "Convention",
    "ExportedPath",
    "Hold",
    "ImportedPath",
    "Loss",
    "Primitive",
    "Reading",
    "check_path",
    "crop",
    "derive_primitives",
    "derive_steadiness",
    "detect",
    "export_camera",
    "import_camera",
    "load_poses",
    "primitive_f1",
    "resample",
    "resize",
    "save_poses",
    "with_times",
]
