"""Folders to contribute: takes of the studio, six bad ones, real photographs, a spoken line."""

import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from importlib.resources import files as package_files
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from PIL import Image

import studio
from demo import files, words

SIZE = (192, 128)
DURATION_S, FPS = 2.125, 8
ASSETS = Path(__file__).parent / "assets"
UNSEEN_SEED = 1_000_000
REFERENCES = {"subject", "first_frame"}
GENERATOR = "openslate-studio"
RIGHTS = {
    "license": "CC-BY-4.0",
    "holder": "The contributor",
    "basis": "own_work",
    "training_mining": {"cawg.ai_generative_training": {"use": "allowed"}},
    "consent_version": "2026-11",
}
# What ships in the wheels of scikit-image and scikit-learn, with its licence.
PHOTOGRAPHS = {
    ("skimage.data", "astronaut.png"): ("CC0-1.0", "NASA", "An astronaut in an orange suit smiles before a flag."),
    ("skimage.data", "coffee.png"): ("CC0-1.0", "Rachel Michetti", "A cup of espresso stands on a wooden table."),
    ("skimage.data", "chelsea.png"): ("CC0-1.0", "Stefan van der Walt", "A ginger cat looks past the camera."),
    ("sklearn.datasets.images", "china.jpg"): ("CC-BY-2.0", "DanielWang", "A temple in China under a clear sky."),
    ("sklearn.datasets.images", "flower.jpg"): ("CC-BY-2.0", "Radek Simek", "A dahlia in bloom, seen from close by."),
}


def film_takes(root: Path, seeds: range) -> Iterator[Path]:
    """A folder per seed as soon as it is filmed, on all cores."""
    pool = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn"), initializer=_one_thread)
    with pool:
        work: list[Future[Path]] = [pool.submit(film_take, root / f"take-{seed:05d}", seed) for seed in seeds]
        yield from (done.result() for done in work)


def _one_thread() -> None:
    import torch

    torch.set_num_threads(1)


def film_take(folder: Path, seed: int) -> Path:
    """One studio take as a contribution of all five modalities and the clip."""
    scene = studio.compose(seed, duration_s=DURATION_S, fps=FPS)
    take = studio.film(scene, width=SIZE[0], height=SIZE[1], samples=2, environment_height=32)
    folder.mkdir(parents=True, exist_ok=True)
    files.write_clip(folder / "clip.mp4", take.frames, FPS, take.sound, take.sample_rate_hz)
    files.write_sound(folder / "sound.flac", take.sound, take.sample_rate_hz)
    np.save(folder / "camera.npy", take.camera_to_world)
    files.write_environment(folder / "light.exr", take.environment)
    images = _references(folder, take)
    record = _record(
        "full",
        scene=words.scene(studio.describe(scene)),
        reference_images=images,
        audio=words.sound(take, "sound.flac"),
        camera=words.camera(studio.camera(scene), "camera.npy", len(take.frames), SIZE),
        lighting=words.lighting(take, "light.exr"),
        video={"asset": "clip.mp4", "synthetic": True},
    )
    return _write(folder, record)


def _references(folder: Path, take: studio.Take) -> list[dict[str, Any]]:
    images = []
    wanted = [image for image in studio.reference_images(take.scene, size=192) if image.role in REFERENCES]
    for index, image in enumerate(wanted):
        name = f"reference-{index}.jpg"
        files.write_image(folder / name, image.pixels)
        subject = words.identifier(image.subject) if image.subject else None
        images.append({"asset": name, "role": image.role, "subject": subject})
    return images


def bad_takes(root: Path, good: Path) -> dict[str, Path]:
    """Six contributions that must be refused, each for its own reason: code -> folder."""
    made = {}
    for code, spoil in SPOILERS.items():
        folder = root / f"bad-{code}"
        shutil.copytree(good, folder, ignore=shutil.ignore_patterns(".openslate*"), dirs_exist_ok=True)
        record = json.loads((folder / "record.json").read_text())
        spoil(folder, record)
        _write(folder, record)
        made[code] = folder
    return made


def _only(record: dict[str, Any], *parts: str) -> None:
    for part in ("reference_images", "audio", "camera", "lighting", "video"):
        if part not in parts:
            record[part] = None


def _truncate_clip(folder: Path, record: dict[str, Any]) -> None:
    _only(record, "video", "camera")
    data = (folder / "clip.mp4").read_bytes()
    (folder / "clip.mp4").write_bytes(data[: len(data) // 2])


def _duplicate(folder: Path, record: dict[str, Any]) -> None:
    _only(record, "reference_images", "video")


def _break_pose(folder: Path, record: dict[str, Any]) -> None:
    _only(record, "camera")
    poses = np.load(folder / "camera.npy")
    poses[len(poses) // 2, 0, 3] = np.nan
    np.save(folder / "camera.npy", poses)


def _telephone_sound(folder: Path, record: dict[str, Any]) -> None:
    _only(record, "audio")
    noise = np.random.default_rng(8).normal(0, 0.1, (1, round(DURATION_S * 8000))).astype(np.float32)
    files.write_sound(folder / "sound.flac", noise, 8000)


def _silence(folder: Path, record: dict[str, Any]) -> None:
    _only(record, "audio")
    files.write_sound(folder / "sound.flac", np.zeros((2, round(DURATION_S * 48000)), np.float32), 48000)


def _square_map(folder: Path, record: dict[str, Any]) -> None:
    _only(record, "lighting")
    files.write_environment(folder / "light.exr", np.full((32, 32, 3), 0.5, np.float32))


SPOILERS = {
    "clip_undecodable": _truncate_clip,
    "exact_duplicate": _duplicate,
    "camera_not_finite": _break_pose,
    "audio_sample_rate_low": _telephone_sound,
    "audio_silent": _silence,
    "environment_map_not_2_1": _square_map,
}


def photographs(root: Path, run: int) -> list[Path]:
    """The real photographs, each a contribution of a scene and a reference image.

    `run` changes the bytes, not the picture: the very same file would be refused as a duplicate of an earlier run's.
    """
    made = []
    for (package, name), (license_id, holder, caption) in PHOTOGRAPHS.items():
        folder = root / f"photograph-{Path(name).stem}"
        folder.mkdir(parents=True, exist_ok=True)
        with Image.open(str(package_files(package).joinpath(name))) as picture:
            picture.convert("RGB").save(folder / "photograph.jpg", quality=95, comment=f"demonstration {run}")
        scene = {"caption_short": caption, "language": "en", "subjects": [], "style": ["photograph"]}
        images = [{"asset": "photograph.jpg", "role": "style", "subject": None}]
        record = _record("none", scene=scene, reference_images=images)
        record["rights"] = {**RIGHTS, "license": license_id, "holder": holder, "basis": "licensed"}
        made.append(_write(folder, record))
    return made


def spoken_line(root: Path, run: int) -> tuple[Path, str]:
    """A line spoken by a synthesiser whose words are known: its folder and the words.

    `run` samples of silence are appended, for the same reason as with the photographs.
    """
    folder = root / "spoken-line"
    folder.mkdir(parents=True, exist_ok=True)
    sound, rate_hz = soundfile.read(ASSETS / "spoken_line.flac", dtype="float32")
    files.write_sound(folder / "line.flac", np.pad(sound, (0, run))[None], rate_hz)
    text = (ASSETS / "spoken_line.txt").read_text().strip()
    length_s = round((len(sound) + run) / rate_hz, 3)
    scene = {
        "caption_short": "A calm voice tells of an old captain who watches the moon over the sea.",
        "language": "en",
        "subjects": [],
        "style": ["narration"],
    }
    audio = {
        "asset": "line.flac",
        "style_caption": "A synthetic voice close to the microphone, no room, no music.",
        "labels": [{"mid": "/m/09x0r", "name": "Speech"}],
        "speech": [{"start": 0.0, "end": length_s, "text": text}],
        "music": {"present": False},
    }
    record = _record("full", scene=scene, audio=audio)
    frames = round(length_s * FPS)
    record["timeline"] = {"duration_s": length_s, "fps": [FPS, 1], "num_frames": frames}
    record["provenance"]["generator"] = "espeak-ng 1.51"
    return _write(folder, record), text


def still_to_animate(root: Path, run: int) -> tuple[Path, str]:
    """A picture of a scene that no take shows, and its words: what a clip is asked for with."""
    scene = studio.compose(UNSEEN_SEED + run, duration_s=DURATION_S, fps=FPS)
    path = root / "still.png"
    root.mkdir(parents=True, exist_ok=True)
    files.write_image(path, studio.still(scene, 0.0, width=384, height=384))
    return path, str(studio.describe(scene)["caption_short"])


class NotAContribution(Exception):
    """The folder's record.json is no record."""


def license_of(folder: Path) -> str:
    """The licence that a folder's record states. Raises `NotAContribution`."""
    try:
        return str(json.loads((folder / "record.json").read_text())["rights"]["license"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAContribution(f"{folder.name}: record.json states no rights.license ({error!r}).") from error


def own_media(folder: Path) -> list[Path]:
    """The user's folders, each with a record.json."""
    return sorted(path.parent for path in folder.rglob("record.json"))


def _record(ai_generated: str, **parts: Any) -> dict[str, Any]:
    provenance = {"created_at": "2026-11-01T12:00:00Z", "client": "openslate-demo", "ai_generated": ai_generated}
    if ai_generated != "none":
        provenance["generator"] = GENERATOR
    return {
        "schema_version": "scene-sample/1.0",
        "timeline": {"duration_s": DURATION_S, "fps": [FPS, 1], "num_frames": round(DURATION_S * FPS)},
        "scene": None,
        "reference_images": None,
        "audio": None,
        "camera": None,
        "lighting": None,
        "video": None,
        **parts,
        "rights": RIGHTS,
        "provenance": provenance,
    }


def _write(folder: Path, record: dict[str, Any]) -> Path:
    (folder / "record.json").write_text(json.dumps(record, indent=1))
    return folder
