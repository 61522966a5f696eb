"""glTF 2.0 camera animation: cameras look along -Z with +Y up, the world's +Y is up, metres, float32 keys.

A camera hangs in a hierarchy of nodes, each of which may move; its zoom is a `KHR_animation_pointer` at its `yfov`.
"""

from math import pi

import numpy as np

from curation.record.cameras.gltf_animation import Channel, channels_of, instants
from curation.record.cameras.gltf_container import Document, document_of
from curation.record.cameras.json_values import Object, real, reals
from curation.record.cameras.path import Floats
from curation.record.cameras.reading import Loss, RawPath, Reading
from curation.record.cameras.rigid import without_scale
from curation.record.cameras.rotations import matrix_from_quaternion
from curation.record.problems import refuse

MAX_DEPTH = 256
# In the `extras` of a lens that was written because glTF wants one.
PLACEHOLDER = "placeholder"
Channels = dict[str, Channel]
_STILL: dict[str, list[float]] = {"translation": [0, 0, 0], "rotation": [0, 0, 0, 1], "scale": [1, 1, 1]}


def looks_like(data: object) -> bool:
    """Whether decoded JSON is glTF's."""
    return isinstance(data, dict) and isinstance(data.get("asset"), dict) and "version" in data["asset"]


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of one camera of such a file.

    Raises:
        RecordRefused: Naming the part of the file.
    """
    document = document_of(content)
    node, losses = _camera_node(document, reading)
    chain = _chain(document, node)
    channels, notes = _channels(document, chain, node)
    if channels:
        times_s, sampled = instants(list(channels.values()), reading.fps)
        notes = (*notes, *sampled)
    else:
        times_s = np.zeros(1)
        notes = ("Nothing moves the camera: the path is one pose.",)
    matrices = np.tile(np.eye(4), (len(times_s), 1, 1))
    for index in chain:
        matrices = _local(document, index, channels, times_s) @ matrices
    poses, scaled = without_scale(matrices)
    notes = (*notes, "The camera was scaled; its scale was taken out of the poses.") if scaled else notes
    intrinsics, more = _intrinsics(document, node, channels, times_s, reading)
    return RawPath(
        matrices=poses,
        intrinsics=intrinsics,
        times_s=times_s if channels else None,
        width=reading.width,
        height=reading.height,
        losses=(*losses, *more),
        notes=notes,
    )


def _camera_node(document: Document, reading: Reading) -> tuple[int, tuple[Loss, ...]]:
    """Which node holds the camera that is read, and that others were not."""
    nodes = document.items("nodes")
    found = {_name(document, i): i for i, node in enumerate(nodes) if node.get("camera") is not None}
    if not found:
        raise refuse("nodes", "no_camera", "There is no camera in this file.", "Export with cameras switched on.")
    chosen = reading.camera if reading.camera is not None else next(iter(found))
    if chosen not in found:
        known = ", ".join(list(found)[:12])[:120]
        raise refuse("nodes", "unknown_camera", f"There is no camera {chosen[:40]!r}.", f"Name one of: {known}.")
    if len(found) == 1:
        return found[chosen], ()
    message = f"The file has {len(found)} cameras; {chosen[:40]} was read. Name another to read that."
    return found[chosen], (Loss("other_cameras", message),)


def _name(document: Document, index: int) -> str:
    name = document.items("nodes")[index].get("name")
    return name if isinstance(name, str) and name else f"node {index}"


def _chain(document: Document, node: int) -> list[int]:
    """The node and what it hangs on, up to the root.

    Raises:
        RecordRefused: The hierarchy runs in a circle.
    """
    nodes = document.items("nodes")
    parents = {
        child: i
        for i, one in enumerate(nodes)
        if isinstance(one.get("children"), list)
        for child in one["children"]
        if isinstance(child, int)
    }
    chain = [node]
    while (parent := parents.get(chain[-1])) is not None:
        if parent in chain or len(chain) > MAX_DEPTH:
            raise refuse(
                f"nodes[{parent}]", "circle", "The hierarchy of nodes has no end, or is too deep.", "Export it again."
            )
        chain.append(parent)
    return chain


def _channels(document: Document, chain: list[int], node: int) -> tuple[Channels, tuple[str, ...]]:
    """The channels of the first animation that moves the camera or its lens."""
    lens = f"cameras/{document.items('nodes')[node]['camera']}/perspective/"
    moves = tuple(f"nodes/{index}/" for index in chain)
    found = []
    for i, animation in enumerate(document.items("animations")[:64]):
        if channels := channels_of(document, animation, f"animations[{i}]", (*moves, lens)):
            found.append(channels)
    if len(found) > 1:
        return found[0], (f"{len(found)} animations move the camera; the first was read.",)
    return (found[0] if found else {}), ()


def _local(document: Document, index: int, channels: Channels, times_s: Floats) -> Floats:
    """`[F, 4, 4]` transforms of a node in its parent."""
    node, where = document.items("nodes")[index], f"nodes[{index}]"
    moved = [part for part in _STILL if f"nodes/{index}/{part}" in channels]
    if node.get("matrix") is not None:
        if moved:
            raise refuse(where, "matrix_animated", "A node with a matrix is animated.", "Export nodes as TRS.")
        # Column by column.
        return np.tile(np.reshape(reals(node["matrix"], 16, where), (4, 4)).T, (len(times_s), 1, 1))
    parts = {part: _part(node, part, channels.get(f"nodes/{index}/{part}"), times_s, where) for part in _STILL}
    local = np.tile(np.eye(4), (len(times_s), 1, 1))
    rotations = matrix_from_quaternion(parts["rotation"][:, [3, 0, 1, 2]])
    local[:, :3, :3] = rotations * parts["scale"][:, None, :]
    local[:, :3, 3] = parts["translation"]
    return local


def _part(node: Object, part: str, channel: Channel | None, times_s: Floats, where: str) -> Floats:
    if channel is not None:
        values = channel.at(times_s)
    else:
        still = reals(node.get(part, _STILL[part]), len(_STILL[part]), f"{where}.{part}")
        values = np.tile(np.array(still, dtype=np.float64), (len(times_s), 1))
    if part == "rotation" and np.linalg.norm(values, axis=1).min() < 1e-6:
        raise refuse(f"{where}.{part}", "not_a_rotation", "The quaternion has no length.", "Export it again.")
    return values


def _intrinsics(
    document: Document, node: int, channels: Channels, times_s: Floats, reading: Reading
) -> tuple[Floats | None, tuple[Loss, ...]]:
    """`[F, 4]` intrinsics of the camera, the principal point in the middle: glTF has no other."""
    index = document.items("nodes")[node]["camera"]
    camera, where = document.item("cameras", index, "nodes"), f"cameras[{index}].perspective"
    lens = camera.get("perspective")
    if not isinstance(lens, dict):
        return None, (Loss("intrinsics", "The camera is orthographic and has no focal length."),)
    if isinstance(lens.get("extras"), dict) and lens["extras"].get(PLACEHOLDER):
        return None, (Loss("intrinsics", "The file says that its field of view stands in for an unknown one."),)

    def values(name: str, still: float | None) -> Floats | None:
        channel = channels.get(f"cameras/{index}/perspective/{name}")
        if channel is not None:
            return channel.at(times_s)[:, 0]
        return None if still is None else np.full(len(times_s), still)

    yfov = values("yfov", real(lens.get("yfov"), f"{where}.yfov"))
    stated = lens.get("aspectRatio")
    size = reading.width / reading.height if reading.width and reading.height else None
    aspect = values("aspectRatio", size if stated is None else real(stated, f"{where}.aspectRatio"))
    if aspect is None:
        message = "The file has no aspect ratio, so the intrinsics are not known. Give the width and height."
        return None, (Loss("intrinsics", message),)
    assert yfov is not None, "a lens has a field of view"
    if not (np.all(yfov > 1e-6) and np.all(yfov < pi) and np.all(aspect > 1e-6)):
        raise refuse(where, "out_of_range", "The field of view is none a lens has.", "Correct yfov, in radians.")
    fy = 0.5 / np.tan(yfov / 2)
    return np.stack([fy / aspect, fy, np.full_like(fy, 0.5), np.full_like(fy, 0.5)], axis=1), ()
