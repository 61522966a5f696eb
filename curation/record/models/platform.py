"""What the platform adds to a record before it is published; a contributor never writes these."""

from pydantic import Field

from curation.record.models.fields import Part, Share, Word


class Quality(Part):
    """Scores in [0, 1] under the named gate policy; `modalities` has one for each modality that is present."""

    overall: Share
    novelty: Share | None = None
    modalities: dict[str, Share] = Field(default_factory=dict)
    policy: Word


class Groups(Part):
    split_group: Word
    near_dup_cluster: Word | None = None
