"""A person's own figures, and where their data went."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, find_person, person_of
from curation.api.serializers.statistics import PersonStatisticsOutput, StatisticsOutput, WhereaboutsOutput
from curation.selectors.standings import standings_of
from curation.selectors.statistics import contributor_statistics, reviewer_statistics
from curation.selectors.whereabouts import whereabouts_of


class OwnStatistics(APIView):
    permission_classes = [Requires("statistics.read_own")]

    @extend_schema(responses=StatisticsOutput)
    def get(self, request: Request) -> Response:
        """One's own figures as a contributor and as a reviewer; earnings are with the ledger."""
        person = person_of(request)
        figures = {"contributor": contributor_statistics(person.id), "reviewer": reviewer_statistics(person.id)}
        return Response(StatisticsOutput(figures).data)


class PersonStatistics(APIView):
    permission_classes = [Requires("user.read")]

    @extend_schema(responses=PersonStatisticsOutput)
    def get(self, request: Request, person_id: UUID) -> Response:
        """A person's figures and standings, for operators."""
        person = find_person(person_id)
        figures = {
            "contributor": contributor_statistics(person.id),
            "reviewer": reviewer_statistics(person.id),
            "standings": standings_of(person),
        }
        return Response(PersonStatisticsOutput(figures).data)


class SubmissionWhereabouts(APIView):
    permission_classes = [Requires("submission.read")]

    @extend_schema(responses=WhereaboutsOutput)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """Which frozen versions and exports have it, before and after it is withdrawn; for its author and operators."""
        return Response(WhereaboutsOutput(whereabouts_of(person_of(request), submission_id)).data)
