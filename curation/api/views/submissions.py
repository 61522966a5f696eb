"""Contributions, from draft to decision."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common.etags import etagged
from common.idempotency import idempotent
from common.pagination import NewestFirst
from common.query_params import choice_of, uuid_of
from curation.api.serializers.submissions import (
    CaptionsOutput,
    DraftOutput,
    EventOutput,
    PrecheckOutput,
    RecordInput,
    ScoreOutput,
    SubmissionDetailOutput,
    SubmissionInput,
    SubmissionOutput,
)
from curation.lifecycle import SubmissionStatus
from curation.models import Event, Score, Submission
from curation.record import check_draft
from curation.record.vocabularies import LANGUAGES, Language
from curation.selectors.captions import captions_of
from curation.selectors.submissions import events_of, listed_submissions, scores_of, submission_detail
from curation.services import prechecks, submissions

FILTERS = [
    OpenApiParameter("status", enum=SubmissionStatus.values),
    OpenApiParameter("campaign", OpenApiTypes.UUID),
    OpenApiParameter("mine", OpenApiTypes.BOOL, description="Only one's own."),
]


LANGUAGE = OpenApiParameter("language", enum=LANGUAGES)


class Submissions(generics.ListAPIView[Submission]):
    """Submissions, newest first."""

    permission_classes = [Requires(GET="submission.read", POST="submission.create")]
    serializer_class = SubmissionOutput

    def get_queryset(self) -> QuerySet[Submission]:
        asked = self.request.query_params
        return listed_submissions(
            person_of(self.request),
            status=choice_of(self.request, "status", SubmissionStatus.values),
            campaign_id=uuid_of(self.request, "campaign"),
            mine=asked.get("mine", "").lower() in {"1", "true"},
        )

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request) -> Response:
        """Submissions this person may see, newest first."""
        return self.list(request)

    @extend_schema(request=SubmissionInput, responses={201: DraftOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Start a draft with a record, complete or not; the answer says what it still lacks."""
        asked = SubmissionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        submission = submissions.create_draft(
            campaign_id=asked.validated_data["campaign"],
            contributor=person_of(request),
            record=asked.validated_data["record"],
            now=timezone.now(),
        )
        return Response(_draft(submission), status=status.HTTP_201_CREATED)


class SubmissionPage(APIView):
    permission_classes = [Requires("submission.read")]

    @extend_schema(responses=SubmissionDetailOutput)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """One submission with its record, files, gates and decision."""
        detail = submission_detail(person_of(request), submission_id)
        return Response(SubmissionDetailOutput(detail, context={"request": request}).data)


class DraftRecord(APIView):
    permission_classes = [Requires("submission.edit")]

    @extend_schema(request=RecordInput, responses=DraftOutput)
    def put(self, request: Request, submission_id: UUID) -> Response:
        """Replace the draft; the answer says what it still lacks."""
        asked = RecordInput(data=request.data)
        asked.is_valid(raise_exception=True)
        submission = submissions.replace_draft(
            submission_id=submission_id, contributor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(_draft(submission))


class Submit(APIView):
    permission_classes = [Requires("submission.submit")]

    @extend_schema(request=None, responses=SubmissionOutput)
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Freeze the draft into a revision and have it scored."""
        submission = submissions.submit(submission_id=submission_id, contributor=person_of(request), now=timezone.now())
        return Response(SubmissionOutput(submission).data)


class Withdraw(APIView):
    permission_classes = [Requires("submission.withdraw")]

    @extend_schema(request=None, responses=SubmissionOutput)
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Take it back, in any state; it enters no version frozen from now on."""
        submission = submissions.withdraw(submission_id=submission_id, actor=person_of(request), now=timezone.now())
        return Response(SubmissionOutput(submission).data)


class Retry(APIView):
    permission_classes = [Requires("submission.submit")]

    @extend_schema(request=None, responses=SubmissionOutput)
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Have the same revision scored again after scoring gave up on it."""
        submission = submissions.retry(submission_id=submission_id, contributor=person_of(request), now=timezone.now())
        return Response(SubmissionOutput(submission).data)


class Caption(APIView):
    permission_classes = [Requires("submission.read")]

    @extend_schema(parameters=[LANGUAGE], responses=CaptionsOutput)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """What the record says in words, composed from its parts; English unless asked otherwise."""
        language = cast(Language, choice_of(request, "language", LANGUAGES) or "en")
        found = captions_of(person_of(request), submission_id, language=language)
        return Response(CaptionsOutput(found).data)


class Precheck(APIView):
    permission_classes = [Requires(GET="submission.read", POST="submission.edit")]

    @extend_schema(responses=PrecheckOutput)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """What the gates say of the draft as it stands, as far as it is measured; poll it with its ETag."""
        found = prechecks.precheck(submission_id=submission_id, contributor=person_of(request), now=timezone.now())
        return etagged(request, PrecheckOutput(found).data)

    @extend_schema(request=None, responses=PrecheckOutput)
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Have the draft measured, without models at once and with them behind that; repeating it changes nothing."""
        found = prechecks.start(submission_id=submission_id, contributor=person_of(request), now=timezone.now())
        return Response(PrecheckOutput(found).data)


class Scores(generics.ListAPIView[Score]):
    """Every raw score of the current revision."""

    permission_classes = [Requires("submission.read")]
    serializer_class = ScoreOutput
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Score]:
        return scores_of(person_of(self.request), self.kwargs["submission_id"])


class Events(generics.ListAPIView[Event]):
    """What happened to a submission, newest first."""

    permission_classes = [Requires("submission.read")]
    serializer_class = EventOutput

    def get_queryset(self) -> QuerySet[Event]:
        return events_of(person_of(self.request), self.kwargs["submission_id"])


def _draft(submission: Submission) -> dict[str, Any]:
    problems = [problem.as_dict() for problem in check_draft(submission.draft)]
    return SubmissionOutput(submission).data | {"problems": problems}
