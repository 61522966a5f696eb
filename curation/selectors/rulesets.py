"""By which rules somebody's work was judged, and by which it will be: for whoever may see the work or the campaign."""

from uuid import UUID

from accounts.models import User
from common.errors import NotFound
from curation.models import GateOutcome, Ruleset
from curation.selectors.submissions import readable_submission


class NotJudgedYet(NotFound):
    code = "not_judged_yet"


def ruleset_of(person: User, submission_id: UUID) -> Ruleset:
    """What the verdict that stands was made by.

    Raises:
        NoSuchSubmission: None that this person may see.
        NotJudgedYet: The gates have not judged its current revision.
    """
    submission = readable_submission(person, submission_id)
    newest = GateOutcome.objects.filter(revision=submission.current).order_by("-judged_at", "-id")
    found = newest.select_related("ruleset__version__policy").first()
    if found is None:
        raise NotJudgedYet("The gates have not judged this submission yet.")
    return found.ruleset
