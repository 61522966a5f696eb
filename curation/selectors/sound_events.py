"""Sound events read from a file for a form, and those of a submission written as a file."""

from http import HTTPStatus
from uuid import UUID

from accounts.models import User
from common.errors import DomainError
from curation.record import RecordRefused
from curation.record.sound_events import ExportedEvents, ImportedEvents, export_events, import_events
from curation.selectors.captions import record_of
from curation.selectors.submissions import readable_submission


class SoundsNotRead(DomainError):
    """The file is not a table or JAMS of sound events; `fields` maps the line to what to do."""

    code = "sounds_not_read"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


def read_events(text: str, *, format: str | None) -> ImportedEvents:
    """The events of a file's text, and what of it is not kept.

    Raises:
        SoundsNotRead: Naming the line and the fix.
    """
    try:
        return import_events(text.encode(), format=format)
    except RecordRefused as refusal:
        fields = {problem.path: [f"{problem.message} {problem.fix}"] for problem in refusal.problems}
        raise SoundsNotRead(str(refusal), fields=fields) from refusal


def written_events(person: User, submission_id: UUID, *, format: str) -> ExportedEvents:
    """The events of a submission's current revision, or of one's own draft, as a file.

    Raises:
        NoSuchSubmission: None that this person may see.
        NothingToTellYet: The draft is not a whole record yet.
    """
    audio = record_of(readable_submission(person, submission_id), person).audio
    return export_events(audio.events if audio else (), format)
