"""What follows an upload: the proxy against a bare transcode of the same clip, and the model-free tier of a draft.

The bare transcode decodes, scales and encodes with the same libraries, settings and threads and does nothing else; the
renderer also reads all times, fits the rate, chooses a poster, draws the strip and the waveform. Both take turns.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import av
import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.installation import forget_peak, peak_mb
from curation.probing import Facts, probe
from curation.rendering import clips
from curation.rendering.proxies import AUDIO_BIT_RATE, ENCODER
from curation.scoring.loading import SampleSpec, load_all, needs_of
from curation.scoring.measuring import measure
from curation.scoring.registry import MODEL_FREE, Settings, build_scorers
from tests.factories import media
from tests.factories.records import valid_record

ROUNDS = 3
RATE = 24
TIER_SECONDS = 5


def write_source(path: Path, *, seconds: int, size: tuple[int, int]) -> Path:
    """A clip with movement and sound; its first second is encoded and then repeated packet by packet."""
    rng = np.random.default_rng(1)
    width, height = size
    ground = np.asarray(rng.normal(120, 30, (height // 8, width // 8, 3)), np.float32).clip(0, 255).astype(np.uint8)
    ground = ground.repeat(8, axis=0).repeat(8, axis=1)
    piece = path.with_name("piece.mp4")
    frames = [np.roll(ground, 6 * number, axis=1) for number in range(RATE)]
    media.write_clip(piece, seconds=1, fps=RATE, size=(frames[0].shape[1], frames[0].shape[0]), frames=frames)
    with av.open(str(path), "w") as made:
        with av.open(str(piece)) as source:
            streams: dict[str, Any] = {one.type: made.add_stream_from_template(one) for one in source.streams}
        for turn in range(seconds):
            _append(piece, made, streams, offset_s=turn)
    return path


def _append(piece: Path, made: Any, streams: dict[str, Any], *, offset_s: int) -> None:
    with av.open(str(piece)) as source:
        for packet in source.demux():
            # What an encoder wrote before its first sample would lie within the piece before.
            if packet.dts is None or (offset_s and packet.stream.type == "audio" and packet.pts < 0):
                continue
            shift = round(offset_s / packet.time_base)
            packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
            packet.stream = streams[packet.stream.type]
            made.mux(packet)


def bare_transcode(path: Path, target: Path) -> None:
    """Decode, scale to 720 lines, encode; sound too."""
    with av.open(str(path)) as source, av.open(str(target), "w", options={"movflags": "+faststart"}) as made:
        picture, sound = source.streams.video[0], source.streams.audio[0]
        picture.thread_count, picture.thread_type = clips.THREADS, "AUTO"
        scale = min(1.0, 720 / min(picture.width, picture.height))
        width, height = round(picture.width * scale / 2) * 2, round(picture.height * scale / 2) * 2
        video: Any = made.add_stream("libx264", rate=RATE, width=width, height=height, options=ENCODER)
        video.pix_fmt, video.codec_context.thread_count, video.gop_size = "yuv420p", clips.THREADS, RATE
        audio: Any = made.add_stream("aac", rate=48_000, bit_rate=AUDIO_BIT_RATE, layout="stereo")
        for frame in source.decode([picture, sound]):
            if isinstance(frame, av.VideoFrame):
                shown = frame.reformat(width=width, height=height, format="yuv420p", interpolation="BICUBIC")
                shown.pict_type = 0
                made.mux(video.encode(shown))
            else:
                made.mux(audio.encode(frame))
        made.mux(video.encode(None))
        made.mux(audio.encode(None))


def proxy_figures(seconds: int, folder: Path) -> dict[str, float]:
    """Seconds of the renderer and of the bare transcode, and the renderer's peak memory."""
    path = write_source(folder / "source.mp4", seconds=seconds, size=(1920, 1080))
    ours = bare = 0.0
    forget_peak()
    for _ in range(ROUNDS):
        made = folder / "made"
        made.mkdir(exist_ok=True)
        ours += _timed(lambda made=made: clips.render(path, made))
        bare += _timed(lambda: bare_transcode(path, folder / "bare.mp4"))
    return {
        "proxy_s": round(ours / ROUNDS, 2),
        "bare_s": round(bare / ROUNDS, 2),
        "proxy_ratio": round(ours / bare, 3),
        "proxy_frames_per_s": round(ROUNDS * seconds * RATE / ours, 1),
        "proxy_peak_mb": round(peak_mb()),
    }


def tier_figures(folder: Path) -> dict[str, float]:
    """Seconds of the model-free tier of a draft with every modality and a clip of 5 seconds at 720p, warm."""
    frames = TIER_SECONDS * RATE
    paths = {
        "image": media.write_picture(folder / "ball.jpg", size=(1600, 1200)),
        "clip": write_source(folder / "shot.mp4", seconds=TIER_SECONDS, size=(1280, 720)),
        "audio": media.write_sound(folder / "roll.wav", media.tone(TIER_SECONDS)),
        "poses": media.write_poses(folder / "path.npy", media.poses(frames)),
        "env_map": media.write_map(folder / "sky.exr", size=(2048, 1024)),
    }
    record = valid_record(
        image_assets=["image"], clip_asset="clip", audio_asset="audio", poses_asset="poses", env_map_asset="env_map",
        duration_s=float(TIER_SECONDS), fps=RATE,
    )  # fmt: skip
    facts = {name: probe(path, name=path.name, declared_type="") for name, path in paths.items()}
    details = {name: fact.details for name, fact in facts.items() if isinstance(fact, Facts)}
    spec = SampleSpec("one", record, paths, details)
    scorers = build_scorers(Settings(weights=Path("weights"), model_cache=Path("var/models")), MODEL_FREE)

    def tier() -> None:
        samples: list[Any] = load_all([spec], needs_of(scorers))
        [measured] = measure(samples, scorers)
        assert not measured.failures, measured.failures

    tier()  # what is loaded on first use
    begun = time.process_time()
    taken = [_timed(tier) for _ in range(ROUNDS)]
    processor_s = (time.process_time() - begun) / ROUNDS
    return {"tier_one_s": round(min(taken), 2), "tier_one_processor_s": round(processor_s, 2)}


def _timed(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main(seconds: Annotated[int, typer.Option(help="Length of the 1080p clip.")] = 10) -> None:
    with TemporaryDirectory() as folder:
        figures = proxy_figures(seconds, Path(folder)) | tier_figures(Path(folder))
    table = Table("ingest", "figure")
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    typer.run(main)
