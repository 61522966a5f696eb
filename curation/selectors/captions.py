"""The composed captions of a submission, in a language of one's choice."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from accounts.models import User
from common.errors import DomainError
from curation.models import Submission
from curation.record import Record, RecordRefused, parse_record
from curation.record.captions import compose_caption, short_caption
from curation.record.vocabularies import Language
from curation.selectors.submissions import readable_submission


class NothingToTellYet(DomainError):
    """There is no revision, and no draft of the asking person's that is a whole record."""

    code = "nothing_to_tell_yet"
    status = HTTPStatus.CONFLICT


@dataclass(frozen=True)
class Captions:
    """`short` keeps to 60 words; `long` tells all of the record. One line each."""

    language: Language
    short: str
    long: str


def captions_of(person: User, submission_id: UUID, *, language: Language) -> Captions:
    """The captions of the current revision; before the first one, of one's own draft.

    Raises:
        NoSuchSubmission: None that this person may see.
        NothingToTellYet: The draft is not a whole record yet.
    """
    record = record_of(readable_submission(person, submission_id), person)
    return Captions(language, short_caption(record, language), compose_caption(record, language))


def record_of(submission: Submission, person: User) -> Record:
    """The current revision's record; before the first one, that of one's own draft.

    Raises:
        NothingToTellYet: The draft is not a whole record yet.
    """
    data: Any = submission.current.record if submission.current else None
    if data is None and submission.contributor_id == person.id:
        data = submission.draft
    try:
        return parse_record(data)
    except RecordRefused as refusal:
        message = "The record is not whole yet, so that nothing can be told of it. Put right what the draft lacks."
        raise NothingToTellYet(message) from refusal
