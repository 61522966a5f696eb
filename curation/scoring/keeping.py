"""What was measured, as JSON and back, so that it can be stored raw and judged or submitted later.

Values come back bit for bit. Only the classes named here are ever made from stored text.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from curation.scoring.measuring import Measured
from curation.scoring.seam import Embedding, Fingerprint, Measurement, Source

CLASSES = {kind.__name__: kind for kind in (Measured, Measurement, Embedding, Fingerprint, Source)}
ARRAY_TYPES = {"float32", "float64", "uint8", "uint16", "uint32", "uint64", "int16", "int32", "int64"}
_CLASS, _ARRAY, _BYTES, _MAPPING = "=class", "=array", "=bytes", "=mapping"


class NotKeepable(TypeError):
    """A value is of a type that this module does not keep."""


def kept(value: Any) -> Any:
    """JSON of a measured value. Raises `NotKeepable`."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.ndarray) and value.dtype.name in ARRAY_TYPES:
        data = b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {_ARRAY: [value.dtype.name, list(value.shape), data]}
    if isinstance(value, bytes):
        return {_BYTES: b64encode(value).decode()}
    if isinstance(value, list | tuple):
        return [kept(item) for item in value]
    if isinstance(value, Mapping):
        return {_MAPPING: {str(key): kept(item) for key, item in value.items()}}
    if is_dataclass(value) and type(value).__name__ in CLASSES:
        return {_CLASS: type(value).__name__} | {item.name: kept(getattr(value, item.name)) for item in fields(value)}
    raise NotKeepable(f"{type(value).__name__} is not kept. Add its class to CLASSES in scoring/keeping.py.")


def restored(data: Any) -> Any:
    """The value whose JSON this is."""
    if isinstance(data, list):
        return [restored(item) for item in data]
    if not isinstance(data, dict):
        return data
    if _ARRAY in data:
        name, shape, text = data[_ARRAY]
        return np.frombuffer(b64decode(text), np.dtype(name)).reshape(shape)
    if _BYTES in data:
        return b64decode(data[_BYTES])
    if _MAPPING in data:
        return {key: restored(item) for key, item in data[_MAPPING].items()}
    kind = CLASSES[data[_CLASS]]
    return kind(**{name: restored(item) for name, item in data.items() if name != _CLASS})
