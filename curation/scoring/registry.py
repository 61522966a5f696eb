"""Every scorer by name. Adding one is adding a line to `SCORERS`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from curation.scoring.camera_checks import CameraScorer
from curation.scoring.camera_in_picture import CameraInPictureScorer
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import ClipScorer
from curation.scoring.clip_weights import choose
from curation.scoring.light_in_picture import LightInPictureScorer
from curation.scoring.lighting_checks import LightingScorer
from curation.scoring.scene_text import SceneTextScorer
from curation.scoring.seam import Scorer
from curation.scoring.technical_audio import TechnicalAudioScorer
from curation.scoring.technical_clip import TechnicalClipScorer
from curation.scoring.technical_image import TechnicalImageScorer
from curation.scoring.whisper_model import WhisperModel
from curation.scoring.whisper_scorer import WhisperScorer


@dataclass(frozen=True)
class Settings:
    """What scorers are built from; `config` fills it from the environment.

    Attributes:
        weights: Folder of the built-in checkpoints (`nano-clip` is looked for in it).
        model_cache: Where fetched and joined models are kept between runs.
        clip_model, clip_pretrained, whisper_model: As configured; empty `clip_model` is the bundled one.
        device: cpu, cuda or auto.
        threads: For decoding and for Whisper.
    """

    weights: Path
    model_cache: Path
    clip_model: str = ""
    clip_pretrained: str = ""
    whisper_model: str = "base"
    device: str = "auto"
    threads: int = 2

    @cached_property
    def clip(self) -> ClipModel:
        """The one CLIP model of this process, shared by scoring and by query embedding."""
        chosen = choose(self.clip_model, self.clip_pretrained, bundled=self.weights / "nano-clip")
        return ClipModel(chosen, device=self.device)

    @cached_property
    def whisper(self) -> WhisperModel:
        """The one Whisper model of this process."""
        return WhisperModel(self.whisper_model, cache=self.model_cache, device=self.device, threads=self.threads)


SCORERS: dict[str, Callable[[Settings], Scorer]] = {
    "technical_image": lambda settings: TechnicalImageScorer(),
    "technical_audio": lambda settings: TechnicalAudioScorer(threads=settings.threads),
    "technical_clip": lambda settings: TechnicalClipScorer(),
    "camera": lambda settings: CameraScorer(),
    "lighting": lambda settings: LightingScorer(),
    "camera_in_picture": lambda settings: CameraInPictureScorer(),
    "light_in_picture": lambda settings: LightInPictureScorer(),
    "scene_text": lambda settings: SceneTextScorer(),
    "clip": lambda settings: ClipScorer(settings.clip),
    "whisper": lambda settings: WhisperScorer(settings.whisper),
}

MODEL_FREE = (
    *("technical_image", "technical_audio", "technical_clip", "scene_text"),
    *("camera", "lighting", "camera_in_picture", "light_in_picture"),
)


def build_scorers(settings: Settings, names: Iterable[str] = tuple(SCORERS)) -> list[Scorer]:
    """Scorers by name, all of them unless told otherwise; models are found now but loaded on first use.

    Raises:
        KeyError: There is no such scorer.
        ClipNotFound: No image-text model serves.
    """
    return [SCORERS[name](settings) for name in names]
