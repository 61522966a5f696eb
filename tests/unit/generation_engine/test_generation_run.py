"""A clip from a job: playable, the same for the same seed, honest about itself, and refused where it must be."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import torch
from PIL import Image

from generation.engine.__main__ import main
from generation.engine.asked import conditions_of
from generation.engine.run import Cancelled, run_job
from generation.engine.spec import GenerationJob, JobRefused, read_job
from videomodel.conditions import Shape
from videomodel.lora import add_lora, lora_weights, save_lora
from videomodel.slate.adapter import SlateNano, random_slate

LAMP = {"azimuth_deg": 0, "elevation_deg": 30}
MakeJob = Callable[..., GenerationJob]


def never() -> bool:
    return False


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("generation-base")
    random_slate(3, dim=48, layers=2, heads=2, text_buckets=64, text_dim=16, trained_shape=(16, 16, 5, 8)).save(folder)
    return folder


@pytest.fixture(scope="session")
def heeding(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same base with weights where a new model has zeros, so that its conditions matter."""
    model, generator = SlateNano.load(base), torch.Generator().manual_seed(0)
    for weight in (model.transformer.video_out.weight, model.transformer.modulation.weight):
        weight.data += torch.randn(weight.shape, generator=generator)
    folder = tmp_path_factory.mktemp("heeding-base")
    model.save(folder)
    return folder


@pytest.fixture
def make_job(base: Path, tmp_path: Path) -> MakeJob:
    def make(**asked: Any) -> GenerationJob:
        size = {"width": 64, "height": 48, "duration_s": 1.0}
        settings = {"base": base, "output": tmp_path / "out", "size": size, "steps": 3, "caption": "a red ball"} | asked
        return GenerationJob.model_validate(settings)

    return make


@pytest.fixture
def everything(tmp_path: Path) -> dict[str, Any]:
    picture = tmp_path / "first.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 60, 3), dtype=np.uint8)).save(picture)
    return {
        "reference": {"image": str(picture), "role": "first_frame"},
        "camera": {"move": "dolly_in", "speed": "slow"},
        "lighting": {"sun": {"azimuth_deg": 120, "elevation_deg": 20, "cct_k": 3500}},
        "audio": {"style_caption": "wind", "events": [{"name": "thump", "onset_s": 0.4, "offset_s": 0.6}]},
    }


def test_a_job_with_every_condition_gives_a_clip_that_plays(make_job: MakeJob, everything: dict[str, Any]) -> None:
    job = make_job(**everything)
    result = run_job(job, stop=never)
    assert json.loads((job.output / "result.json").read_text()) == result
    with av.open(str(job.output / result["clip"])) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (picture.codec_context.width, picture.codec_context.height) == (64, 48)
        assert (sound.codec_context.name, sound.rate) == ("aac", 48_000)
        assert sum(1 for _ in container.decode(picture)) == result["frames"] == 9
    with av.open(str(job.output / result["clip"])) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    assert abs(samples / 48_000 - result["seconds"]) < 0.05
    moov, mdat = ((job.output / "clip.mp4").read_bytes().index(name) for name in (b"moov", b"mdat"))
    assert moov < mdat  # it starts to play before it is whole
    assert [stage["name"] for stage in result["stages"]] == ["load", "condition", "sample", "decode", "write"]
    assert result["enlarged_by"] == "lanczos"
    assert result["device_seconds"] >= sum(stage["seconds"] for stage in result["stages"]) - 0.01


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(make_job: MakeJob, tmp_path: Path) -> None:
    shas = [
        run_job(make_job(seed=seed, output=tmp_path / name), stop=never)["sha256"]
        for seed, name in ((1, "a"), (1, "b"), (2, "c"))
    ]
    assert shas[0] == shas[1] != shas[2]


def test_poses_and_the_move_they_spell_out_agree(make_job: MakeJob, tmp_path: Path) -> None:
    still = np.tile(np.diag([1.0, -1.0, -1.0, 1.0]), (3, 1, 1)).tolist()
    by_name = run_job(make_job(camera={"move": "static"}, output=tmp_path / "a"), stop=never)
    by_pose = run_job(make_job(camera={"poses": still}, output=tmp_path / "b"), stop=never)
    assert by_name["sha256"] == by_pose["sha256"]


def test_what_is_to_be_avoided_changes_the_clip(make_job: MakeJob, heeding: Path, tmp_path: Path) -> None:
    shas = {
        run_job(make_job(base=heeding, negative=words, output=tmp_path / str(index)), stop=never)["sha256"]
        for index, words in enumerate((None, "a blue cube", "a green ring"))
    }
    assert len(shas) == 3


def test_a_zoom_has_intrinsics_of_its_own_for_each_pose(make_job: MakeJob, heeding: Path, tmp_path: Path) -> None:
    still = np.tile(np.diag([1.0, -1.0, -1.0, 1.0]), (3, 1, 1)).tolist()
    held = [[1.0, 1.33, 0.5, 0.5]] * 3
    zoomed = [[focal, 1.33 * focal, 0.5, 0.5] for focal in (1.0, 1.5, 2.0)]
    shas = [
        run_job(
            make_job(base=heeding, camera={"poses": still, "intrinsics": rows}, output=tmp_path / name), stop=never
        )["sha256"]
        for name, rows in (("one", held[0]), ("each", held), ("zoom", zoomed))
    ]
    assert shas[0] == shas[1] != shas[2]


def test_several_lamps_light_from_where_they_stand(make_job: MakeJob) -> None:
    left = {"azimuth_deg": -90, "elevation_deg": 0, "cct_k": 3000, "share": 3}
    right = {"azimuth_deg": 90, "elevation_deg": 0, "cct_k": 3000}
    shape = Shape(16, 16, 5, 8)
    both = conditions_of(make_job(lighting={"lamps": [left, right]}), shape).light
    assert both is not None
    assert both.sun is None
    eastward = both.sh[3].sum()  # L11 follows x, and east is +x
    assert eastward < 0
    even = conditions_of(make_job(lighting={"lamps": [left | {"share": 1}, right]}), shape).light
    assert even is not None
    assert abs(even.sh[3].sum()) < 1e-9
    assert even.sh[0] == pytest.approx(both.sh[0])


def test_an_adapter_is_named_in_the_result_and_changes_the_clip(make_job: MakeJob, base: Path, tmp_path: Path) -> None:
    model = SlateNano.load(base)
    generator = torch.Generator().manual_seed(0)
    for weight in (*add_lora(model, 4), model.transformer.video_out.weight, model.transformer.modulation.weight):
        weight.data += torch.randn(weight.shape, generator=generator)
    path = tmp_path / "adapter.safetensors"
    sha256 = save_lora(path, lora_weights(model.transformer), model=model, rank=4, facts={"step": 9})
    result = run_job(make_job(adapter=str(path)), stop=never)
    assert result["adapter"]["fingerprint"] == sha256
    assert result["adapter"]["step"] == 9
    assert result["base_fingerprint"] == model.fingerprint


def test_an_adapter_of_another_base_is_refused_by_name(make_job: MakeJob, tmp_path: Path) -> None:
    other = random_slate(4, dim=48, layers=2, heads=2, text_buckets=64, text_dim=16, trained_shape=(16, 16, 5, 8))
    other.save(tmp_path / "other")
    add_lora(other, 4)
    save_lora(tmp_path / "a.safetensors", lora_weights(other.transformer), model=other, rank=4, facts={})
    with pytest.raises(JobRefused, match=f"made on base weights {other.fingerprint[:12]}"):
        run_job(make_job(adapter=str(tmp_path / "a.safetensors")), stop=never)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"model": "veo"}, "there is slate-nano"),
        ({"adapter": "nowhere.safetensors"}, "cannot be read"),
        ({"reference": {"image": "nowhere.png"}}, "cannot be read"),
        ({"camera": {"move": "swoosh"}}, "no camera move called 'swoosh'"),
        ({"camera": {"poses": [[[1, 0], [0, 1]]]}}, r"\[F, 4, 4\] is needed"),
        ({"size": {"width": 64, "height": 64, "duration_s": 30}}, "at most 81"),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_reason(make_job: MakeJob, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(JobRefused, match=words):
        run_job(make_job(**asked), stop=never)


def test_a_last_frame_is_refused_because_the_model_takes_none(make_job: MakeJob, everything: dict[str, Any]) -> None:
    reference = everything["reference"] | {"role": "last_frame"}
    with pytest.raises(JobRefused, match="keyframes"):
        run_job(make_job(reference=reference), stop=never)


def test_a_picture_that_does_not_decode_is_refused(make_job: MakeJob, tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"not a picture")
    with pytest.raises(JobRefused, match="does not decode"):
        run_job(make_job(reference={"image": str(tmp_path / "no.png")}), stop=never)


def test_a_stop_is_obeyed_between_steps(make_job: MakeJob) -> None:
    with pytest.raises(Cancelled):
        run_job(make_job(steps=50), stop=lambda: True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lens": 50}, "lens: Extra inputs"),
        ({"size": {"width": 63}}, "size.width"),
        ({"camera": {}}, "either a named move or poses"),
        ({"lighting": {}}, "a sun or harmonics"),
        ({"guidance": 0}, "guidance"),
        ({"guidance": 1, "negative": "fog"}, "needs guidance above 1"),
        ({"camera": {"poses": [[[1]]] * 3, "intrinsics": [[1, 1, 0.5, 0.5]] * 2}}, "as many as poses"),
        ({"lighting": {"lamps": [LAMP], "sun": LAMP}}, "give lamps alone"),
    ],
)
def test_a_job_that_is_not_valid_names_the_key(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    path = tmp_path / "job.json"
    path.write_text(json.dumps({"base": "x", "output": "y"} | change))
    with pytest.raises(JobRefused, match=words):
        read_job(path)


def test_the_command_tells_a_refusal_and_exits_with_its_own_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "job.json"
    path.write_text(json.dumps({"base": str(tmp_path / "none"), "output": str(tmp_path / "out")}))
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert main([str(path)]) == 3
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["event"] == "refused"
    assert "config.json is missing" in told["reason"]


def test_the_command_is_cancelled_by_a_signal(make_job: MakeJob, tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    path.write_text(make_job(steps=200, size={"width": 64, "height": 64, "duration_s": 8}).model_dump_json())
    command = [sys.executable, "-m", "generation.engine", str(path)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "progress":
                process.send_signal(signal.SIGTERM)
                break
        rest = process.stdout.read().splitlines()
        assert process.wait(60) == 4
    assert json.loads(rest[-1])["event"] == "cancelled"
