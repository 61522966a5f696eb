"""What a submission was each time it was submitted."""

from django.db.models import QuerySet
from rest_framework import generics

from accounts.public import Requires, person_of
from curation.api.serializers.revisions import RevisionOutput
from curation.models import Revision
from curation.selectors.submissions import revisions_of


class Revisions(generics.ListAPIView[Revision]):
    """Every revision with its record and what was decided about it, newest first; for its contributor and operators."""

    permission_classes = [Requires("submission.read")]
    serializer_class = RevisionOutput

    def get_queryset(self) -> QuerySet[Revision]:
        return revisions_of(person_of(self.request), self.kwargs["submission_id"])
