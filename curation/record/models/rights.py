"""Whose it is and where it comes from: licence, releases, mining preferences, content credentials, origin."""

from typing import Annotated

from pydantic import Field, model_validator

from curation.record import vocabulary as words
from curation.record.models.fields import Flag, Moment, Part, Phrase, SubjectId, WebAddress, Word, problem

# SPDX ids have no spaces; `LicenseRef-` names a licence outside the list.
Licence = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]{1,63}$")]


class Release(Part):
    """A signed permission, by the contributor's own reference; the paper itself stays outside the record."""

    kind: words.ReleaseKind
    subject: SubjectId | None = None
    reference: Word


class MiningPreference(Part):
    """One entry of the CAWG training-and-data-mining assertion."""

    use: words.MiningUse
    constraint_info: Phrase | None = None


class ContentCredentials(Part):
    present: Flag
    valid: Flag | None = None
    manifest: Phrase | None = None


class Rights(Part):
    license: Licence
    holder: Phrase
    attribution: Phrase | None = None
    basis: words.RightsBasis
    releases: Annotated[tuple[Release, ...], Field(max_length=64)] = ()
    training_mining: Annotated[dict[words.MiningKey, MiningPreference], Field(min_length=1)] | None = None
    c2pa: ContentCredentials | None = None
    consent_version: Word
    revoked_at: Moment | None = None


class Provenance(Part):
    """Origin. `contributor` is a pseudonym and is filled in by the platform when left out."""

    contributor: Word | None = None
    created_at: Moment
    client: Word | None = None
    source_url: WebAddress | None = None
    ai_generated: words.AiGenerated
    generator: Word | None = None

    @model_validator(mode="after")
    def _names_generator(self) -> "Provenance":
        if self.ai_generated != "none" and self.generator is None:
            raise problem(
                "missing",
                "The content is marked as generated but the generator is not named.",
                "Name the model or program in generator.",
            )
        return self
