"""The scorer that fingerprints. Likeness is between two, so all that it measures by itself is how sure a hash is."""

from collections.abc import Iterator, Sequence

from curation.scoring.fingerprints import clips, kinds, maps, paths, sounds, texts, views
from curation.scoring.seam import Fingerprint, Measurement, Needs, Sample, Source

PDQ_QUALITY = "image.pdq_quality"


class FingerprintScorer:
    """Fingerprints every modality of a sample; what is too plain to be told apart gets none."""

    name = "fingerprints"
    metrics = (PDQ_QUALITY,)
    source = Source("fingerprints-1")  # of each kind its own: `kinds.KINDS`
    needs = Needs(picture_gray=True, speech=True, poses=True, environment=True, watchers=frozenset({clips.ReelWatcher}))

    def applies_to(self, sample: Sample) -> bool:
        return True

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Fingerprint]]:
        return [[*_seen(sample), *_heard(sample), *_described(sample)] for sample in batch]


def _seen(sample: Sample) -> Iterator[Measurement | Fingerprint]:
    for picture in sample.pictures:
        if picture.gray is not None:
            view = views.view_of(picture.gray)
            yield Measurement(PDQ_QUALITY, float(view.quality), picture.part, {"pdq": view.hashes[0].tobytes().hex()})
            yield kinds.image(picture.part, view)
    if sample.clip is not None and (reel := sample.clip.seen_by(clips.ReelWatcher)):
        yield kinds.clip("video", reel)


def _heard(sample: Sample) -> Iterator[Fingerprint]:
    if sample.sound is not None and sample.sound.speech_16k is not None:
        pattern = sounds.pattern_of(sample.sound.speech_16k)
        if pattern is not None:
            yield kinds.audio("audio", pattern)


def _described(sample: Sample) -> Iterator[Fingerprint]:
    shingles = texts.shingles_of(sample.record.get("scene") or {})
    if shingles is not None:
        yield kinds.text("scene", shingles)
    if sample.poses is not None:
        duration_s = float((sample.record.get("timeline") or {}).get("duration_s", len(sample.poses)))
        course = paths.course_of(sample.poses, duration_s)
        if course is not None:
            yield kinds.camera("camera", course)
    if sample.environment is not None and (sky := maps.sky_of(sample.environment.pixels)) is not None:
        yield kinds.environment("lighting", sky)
