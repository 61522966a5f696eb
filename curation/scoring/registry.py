"""Every scorer by name. Adding one is adding a line to `SCORERS`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from curation.scoring.aesthetic import AestheticHead
from curation.scoring.camera_checks import CameraScorer
from curation.scoring.camera_in_picture import CameraInPictureScorer
from curation.scoring.clap_model import ClapModel
from curation.scoring.clap_scorer import ClapScorer
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import ClipScorer
from curation.scoring.clip_weights import choose
from curation.scoring.fingerprints.scorer import FingerprintScorer
from curation.scoring.light_in_picture import LightInPictureScorer
from curation.scoring.lighting_checks import LightingScorer
from curation.scoring.openai_whisper_model import OpenAIWhisperModel
from curation.scoring.scene_text import SceneTextScorer
from curation.scoring.seam import Scorer
from curation.scoring.sound_events import SoundEventsScorer
from curation.scoring.speech_quality import SpeechQualityScorer
from curation.scoring.technical_audio import TechnicalAudioScorer
from curation.scoring.technical_clip import TechnicalClipScorer
from curation.scoring.technical_image import TechnicalImageScorer
from curation.scoring.text_model import TextModel
from curation.scoring.text_scorer import OverlayTextScorer
from curation.scoring.transcripts import Transcriber
from curation.scoring.unsafe_scorer import UnsafeModel, UnsafeScorer
from curation.scoring.voice import VoiceActivity
from curation.scoring.voice_scorer import VoiceScorer
from curation.scoring.whisper_model import WhisperModel
from curation.scoring.whisper_scorer import WhisperScorer


class UnknownWhisperEngine(ValueError):
    """The configured engine is none that is registered."""


@dataclass(frozen=True)
class Settings:
    """What scorers are built from; `config` fills it from the environment.

    Attributes:
        weights: Folder of the built-in checkpoints (`nano-clip` is looked for in it).
        model_cache: Where fetched and joined models are kept between runs.
        clip_model, clip_pretrained, whisper_model: As configured; empty `clip_model` is the bundled one.
        aesthetic_weights: Local file of LAION's head for that CLIP; empty for none.
        whisper_engine: One of `TRANSCRIBERS`.
        whisper_precision: What faster-whisper computes with; empty: int8 on the CPU, float32 on the GPU.
        clap_model: Folder or hub id; empty for none.
        device: cpu, cuda or auto.
        threads: For decoding and for each model.
    """

    weights: Path
    model_cache: Path
    clip_model: str = ""
    clip_pretrained: str = ""
    aesthetic_weights: str = ""
    whisper_model: str = "base"
    whisper_engine: str = "faster-whisper"
    whisper_precision: str = ""
    clap_model: str = ""
    device: str = "auto"
    threads: int = 2

    @cached_property
    def aesthetic(self) -> AestheticHead | None:
        """The head that rates looks, where one is configured."""
        if not self.aesthetic_weights:
            return None
        return AestheticHead(Path(self.aesthetic_weights), clip_model_id=self.clip.choice.model_id)

    @cached_property
    def clip(self) -> ClipModel:
        """The one CLIP model of this process, shared by scoring and by query embedding."""
        chosen = choose(self.clip_model, self.clip_pretrained, bundled=self.weights / "nano-clip")
        return ClipModel(chosen, device=self.device)

    @cached_property
    def whisper(self) -> Transcriber:
        """The one Whisper model of this process."""
        if self.whisper_engine not in TRANSCRIBERS:
            raise UnknownWhisperEngine(f"WHISPER_ENGINE={self.whisper_engine!r} is none of {', '.join(TRANSCRIBERS)}.")
        return TRANSCRIBERS[self.whisper_engine](self)

    @cached_property
    def voice(self) -> VoiceActivity:
        """The one voice activity detector of this process: what it heard serves every scorer of speech."""
        return VoiceActivity(threads=self.threads)

    @cached_property
    def clap(self) -> ClapModel:
        """The one CLAP model of this process."""
        return ClapModel(self.clap_model, cache=self.model_cache, device=self.device)


TRANSCRIBERS: dict[str, Callable[[Settings], Transcriber]] = {
    "faster-whisper": lambda settings: WhisperModel(
        settings.whisper_model,
        cache=settings.model_cache,
        device=settings.device,
        precision=settings.whisper_precision,
        threads=settings.threads,
    ),
    "openai-whisper": lambda settings: OpenAIWhisperModel(
        settings.whisper_model, cache=settings.model_cache, device=settings.device
    ),
}

SCORERS: dict[str, Callable[[Settings], Scorer]] = {
    "technical_image": lambda settings: TechnicalImageScorer(),
    "technical_audio": lambda settings: TechnicalAudioScorer(threads=settings.threads),
    "sound_events": lambda settings: SoundEventsScorer(),
    "technical_clip": lambda settings: TechnicalClipScorer(),
    "camera": lambda settings: CameraScorer(),
    "lighting": lambda settings: LightingScorer(),
    "camera_in_picture": lambda settings: CameraInPictureScorer(),
    "light_in_picture": lambda settings: LightInPictureScorer(),
    "scene_text": lambda settings: SceneTextScorer(),
    "unsafe": lambda settings: UnsafeScorer(UnsafeModel(device=settings.device, threads=settings.threads)),
    "overlay_text": lambda settings: OverlayTextScorer(TextModel(device=settings.device, threads=settings.threads)),
    "fingerprints": lambda settings: FingerprintScorer(),
    "clip": lambda settings: ClipScorer(settings.clip, aesthetic=settings.aesthetic),
    "voice": lambda settings: VoiceScorer(settings.voice),
    "speech_quality": lambda settings: SpeechQualityScorer(
        settings.voice, device=settings.device, threads=settings.threads
    ),
    "whisper": lambda settings: WhisperScorer(settings.whisper, settings.voice),
    "clap": lambda settings: ClapScorer(settings.clap, threads=settings.threads),
}

MODEL_FREE = (
    *("technical_image", "technical_audio", "sound_events", "technical_clip", "scene_text"),
    *("camera", "lighting", "camera_in_picture", "light_in_picture"),
    "fingerprints",
)


def configured(settings: Settings) -> tuple[str, ...]:
    """Every scorer that has what it needs: CLAP only where a model is configured."""
    return tuple(name for name in SCORERS if name != "clap" or settings.clap_model)


def build_scorers(settings: Settings, names: Iterable[str] | None = None) -> list[Scorer]:
    """Scorers by name, all that are configured unless told otherwise; models are found now but loaded on first use.

    Raises:
        KeyError: There is no such scorer.
        ClipNotFound: No image-text model serves.
        UnknownWhisperEngine: There is no such engine.
    """
    return [SCORERS[name](settings) for name in (configured(settings) if names is None else names)]
