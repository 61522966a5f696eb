"""Runs scorers over samples: every scorer sees all samples of the call as one batch."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from curation.scoring.seam import Embedding, Fingerprint, Measurement, Sample, Scorer

Answer = Sequence[Measurement | Embedding | Fingerprint]

logger = logging.getLogger(__name__)


@dataclass
class Measured:
    """All that was measured of one sample.

    Attributes:
        sample_id: As in the sample.
        measurements: Each with its source.
        embeddings: Unit vectors, each with its source.
        fingerprints: Of every part that can be told apart.
        failures: Scorer name -> what it raised on this sample, while it worked on others.
    """

    sample_id: str
    measurements: list[Measurement] = field(default_factory=list)
    embeddings: list[Embedding] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    def extend(self, other: "Measured") -> None:
        """Add what other scorers measured of the same sample."""
        self.measurements += other.measurements
        self.embeddings += other.embeddings
        self.fingerprints += other.fingerprints
        self.failures |= other.failures


def measure(samples: Sequence[Sample], scorers: Sequence[Scorer]) -> list[Measured]:
    """What every applicable scorer says of every sample, in the order of the samples.

    A sample that makes a scorer fail does not take the batch with it: it is found by scoring one by one, and the
    failure is named in its `failures`.

    Raises:
        Exception: Whatever a scorer raises when it fails on every sample: then the scorer is broken, not the samples.
    """
    results = [Measured(sample.sample_id) for sample in samples]
    for scorer in scorers:
        places = [place for place, sample in enumerate(samples) if scorer.applies_to(sample)]
        if not places:
            continue
        answers = _score(scorer, [samples[place] for place in places])
        for place, answer in zip(places, answers, strict=True):
            _keep(results[place], scorer, answer)
    return results


def _score(scorer: Scorer, batch: list[Sample]) -> list[Answer | Exception]:
    try:
        return list(scorer.score(batch))
    except Exception as error:
        if len(batch) == 1:
            raise
        logger.warning("%s failed on a batch of %d (%s); scoring one by one", scorer.name, len(batch), error)
    answers = [_score_alone(scorer, sample) for sample in batch]
    failures = [answer for answer in answers if isinstance(answer, Exception)]
    if len(failures) == len(batch):
        raise failures[0]
    return answers


def _score_alone(scorer: Scorer, sample: Sample) -> Answer | Exception:
    try:
        return scorer.score([sample])[0]
    except Exception as error:
        return error


def _keep(result: Measured, scorer: Scorer, answer: Answer | Exception) -> None:
    if isinstance(answer, Exception):
        result.failures[scorer.name] = f"{type(answer).__name__}: {answer}"
        return
    for item in answer:
        if isinstance(item, Embedding):
            result.embeddings.append(replace(item, source=item.source or scorer.source))
        elif isinstance(item, Fingerprint):
            result.fingerprints.append(item)
        else:
            result.measurements.append(replace(item, source=item.source or scorer.source))
