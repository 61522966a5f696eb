"""slate-nano behind the `VideoModel` interface."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Self

import torch

from videomodel.conditions import Capabilities, Clip, Conditions, Shape
from videomodel.fingerprint import folder_fingerprint
from videomodel.interface import Embedded, Latents, RequestRefused, VideoModel
from videomodel.pictures import fit_picture
from videomodel.slate.codec import AUDIO_FPS, SAMPLES_PER_LATENT, SlateCodec
from videomodel.slate.conditioning import (
    drop_at_random,
    embed_camera,
    embed_events,
    embed_given,
    embed_light,
    embed_texts,
    role_number,
)
from videomodel.slate.grid import CELL_PX, FRAMES_PER_LATENT, latent_frames
from videomodel.slate.transformer import SlateTransformer
from videomodel.spectrum import SAMPLE_RATE_HZ

MAX_SHORT_SIDE_PX = 64
MAX_FRAMES = 81


class SlateNano(VideoModel):
    """The built-in model: a `SlateTransformer` and a `SlateCodec`."""

    name: ClassVar[str] = "slate-nano"
    capabilities: ClassVar[Capabilities] = Capabilities(
        t2v=True, i2v=True, camera_c2w=True, lighting=True, audio_out=True, lora=True
    )
    lora_targets: ClassVar[tuple[str, ...]] = ("to_q", "to_k", "to_v", "to_out.0")
    modalities: ClassVar[tuple[str, ...]] = ("video", "audio")

    def __init__(self, transformer: SlateTransformer, codec: SlateCodec, folder: Path | None = None) -> None:
        self.transformer = transformer.eval()
        self.runner: torch.nn.Module = transformer
        self.config: Any = transformer.config
        self.codec: SlateCodec | None = codec.eval()
        self.folder = folder
        self.fingerprint = folder_fingerprint(folder) if folder else "unsaved"

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The model of a checkpoint folder, in float32 on the CPU."""
        transformer = SlateTransformer.from_pretrained(folder, torch_dtype=torch.float32, low_cpu_mem_usage=False)
        codec = SlateCodec.from_pretrained(folder / "codec", torch_dtype=torch.float32, low_cpu_mem_usage=False)
        return cls(transformer, codec, folder)

    def save(self, folder: Path) -> None:
        """Write float16 weights of the transformer and float32 of the codec; fingerprint and folder become these."""
        light = SlateTransformer.from_config(self.transformer.config)
        light.load_state_dict(self.transformer.state_dict())
        light.half().save_pretrained(folder)
        self._codec().save_pretrained(folder / "codec")
        for path in folder.rglob("*.safetensors"):
            path.chmod(0o644)  # the library writes them for their owner alone
        self.folder, self.fingerprint = folder, folder_fingerprint(folder)

    @property
    def trained_shape(self) -> Shape:
        """The shape of the clips that the weights were made with."""
        width, height, frames, fps = self.config.trained_shape
        return Shape(int(width), int(height), int(frames), float(fps))

    @property
    def depth_and_width(self) -> tuple[int, int]:
        """Blocks and width of the transformer."""
        return int(self.config.layers), int(self.config.dim)

    @property
    def token_px(self) -> int:
        """Pixels along each side of one video token."""
        return CELL_PX * int(self.config.patch)

    def fit(self, wanted: Shape) -> Shape:
        """The aspect and duration asked for, at the short side and frame rate of the training clips."""
        trained = self.trained_shape
        short = min(trained.width, trained.height)
        scale = short / min(wanted.width, wanted.height)
        width, height = (
            max(1, round(side * scale / self.token_px)) * self.token_px for side in (wanted.width, wanted.height)
        )
        groups = max(1, round((wanted.duration_s * trained.fps - 1) / FRAMES_PER_LATENT))
        fitted = Shape(width, height, groups * FRAMES_PER_LATENT + 1, trained.fps)
        self._check_shape(fitted)
        return fitted

    def _check_shape(self, shape: Shape) -> None:
        if shape.width % self.token_px or shape.height % self.token_px or (shape.frames - 1) % FRAMES_PER_LATENT:
            raise RequestRefused(
                f"{shape} does not fit: sides are multiples of {self.token_px} and frames are 4 n + 1."
            )
        if shape.frames > MAX_FRAMES:
            raise RequestRefused(f"{shape.frames} frames are too many for {self.name}: at most {MAX_FRAMES}.")
        if min(shape.width, shape.height) > MAX_SHORT_SIDE_PX or max(shape.width, shape.height) > 4 * MAX_SHORT_SIDE_PX:
            raise RequestRefused(f"{shape.width} x {shape.height} is too large for {self.name}.")

    def latent_shapes(self, shape: Shape) -> dict[str, tuple[int, ...]]:
        """Video `[C, T, H / 4, W / 4]` and audio `[Ca, Ta]`."""
        self._check_shape(shape)
        config = self.config
        sides = (shape.height // CELL_PX, shape.width // CELL_PX)
        return {
            "video": (config.video_channels, latent_frames(shape.frames), *sides),
            "audio": (config.audio_channels, round(shape.duration_s * AUDIO_FPS)),
        }

    @torch.no_grad()
    def encode(self, clip: Clip) -> Latents:
        """Video latents, and audio latents of sound that is cut or padded with silence to the picture's length."""
        shape = Shape(clip.frames.shape[2], clip.frames.shape[1], clip.frames.shape[0], clip.fps)
        codec, sizes = self._codec(), self.latent_shapes(shape)
        latents = {"video": codec.encode_video(torch.from_numpy(clip.frames)[None].to(codec.device))[0]}
        if clip.sound is None:
            return latents
        if clip.sample_rate_hz != SAMPLE_RATE_HZ:
            raise RequestRefused(f"{self.name} takes sound at {SAMPLE_RATE_HZ} Hz, not {clip.sample_rate_hz}.")
        sound = torch.zeros(1, sizes["audio"][1] * SAMPLES_PER_LATENT)
        count = min(len(clip.sound), sound.shape[1])
        sound[0, :count] = torch.from_numpy(clip.sound[:count])
        return latents | {"audio": codec.encode_audio(sound.to(codec.device))[0]}

    @torch.no_grad()
    def embed(self, conditions: Conditions) -> Embedded:
        """The conditions that `SlateConditions` names, plus `fps`."""
        self.check(conditions)
        shape, sizes = conditions.shape, self.latent_shapes(conditions.shape)
        buckets = int(self.config.text_buckets)
        channels, _, rows, columns = sizes["video"]
        reference, role = torch.zeros(channels, rows, columns), 0
        if conditions.stills:
            still = conditions.stills[0]
            pixels = torch.from_numpy(fit_picture(still.pixels, shape.width, shape.height).copy())
            codec = self._codec()
            reference = codec.encode_video(pixels[None, None].to(codec.device))[0, :, 0].cpu()
            role = role_number(still.role)
        return {
            **embed_texts(conditions, buckets),
            "reference": reference,
            "reference_role": torch.tensor(role),
            "rays": embed_camera(conditions.camera, shape, self.token_px),
            "light": embed_light(conditions.light, conditions.camera),
            **embed_events(conditions.events, sizes["audio"][1], buckets),
            "given": embed_given(conditions),
            "fps": torch.tensor(shape.fps),
        }

    def velocity(self, noisy: Latents, timestep: torch.Tensor, embedded: Embedded) -> Latents:
        """Velocities of "video" and "audio"."""
        fps = float(embedded["fps"][0])
        output = self.runner(
            noisy["video"], noisy["audio"], timestep, conditions=embedded, fps=fps, audio_fps=AUDIO_FPS
        )
        return {"video": output.sample, "audio": output.audio_sample}

    @torch.no_grad()
    def decode(self, latents: Latents, shape: Shape) -> Clip:
        """Frames and 16 kHz mono sound cut to the length of the picture."""
        codec = self._codec()
        frames = codec.decode_video(latents["video"][None].float())[0].cpu().numpy()
        sound = codec.decode_audio(latents["audio"][None].float())[0].cpu().numpy()
        return Clip(frames, shape.fps, sound[: round(shape.duration_s * SAMPLE_RATE_HZ)], SAMPLE_RATE_HZ)

    def drop_conditions(self, embedded: Embedded, generator: torch.Generator | None) -> Embedded:
        """A batch with flags of `given` cleared."""
        given = embedded["given"]
        kept = torch.zeros_like(given) if generator is None else drop_at_random(given, generator)
        return embedded | {"given": kept}

    def release_codec(self) -> None:
        """Drop the codec; `encode`, `embed` with a still and `decode` refuse from now on."""
        self.codec = None

    def to(self, device: torch.device) -> SlateNano:
        """Both networks on `device`."""
        torch.nn.Module.to(self.transformer, device)
        if self.codec is not None:
            torch.nn.Module.to(self.codec, device)
        return self

    def _codec(self) -> SlateCodec:
        if self.codec is None:
            raise RequestRefused("The codec of this model has been released.")
        return self.codec


def random_slate(seed: int, **config: object) -> SlateNano:
    """A slate-nano of random weights, for tests and as the start of pretraining."""
    torch.manual_seed(seed)
    transformer = SlateTransformer(**config)
    channels = transformer.config
    codec = SlateCodec(video_channels=channels.video_channels, audio_channels=channels.audio_channels)
    return SlateNano(transformer, codec)
