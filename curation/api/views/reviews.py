"""Reviewing: take, hold, judge, give back."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from curation.api.serializers.reviews import (
    ClusterOutput,
    ClusterQuery,
    JudgementInput,
    NextReviewInput,
    ReviewOutput,
    ToJudgeOutput,
    WaitingOutput,
)
from curation.models import Review
from curation.selectors.clusters import cluster_of
from curation.selectors.judging import to_judge
from curation.selectors.review_batches import waiting_for
from curation.services import reviews


class Reviews(generics.ListAPIView[Review]):
    """One's own reviews, newest first."""

    permission_classes = [Requires("review.read")]
    serializer_class = ReviewOutput

    def get_queryset(self) -> QuerySet[Review]:
        own = Review.objects.filter(reviewer=self.request.user.pk)
        return own.select_related("revision__submission", "revision__decision", "gold")


class NextReview(APIView):
    permission_classes = [Requires("review.take")]

    @extend_schema(request=NextReviewInput, responses=ToJudgeOutput)
    def post(self, request: Request) -> Response:
        """Hold the next submission for 20 minutes, with everything to judge it; again the held one, if there is one."""
        asked = NextReviewInput(data=request.data)
        asked.is_valid(raise_exception=True)
        review = reviews.take_next(reviewer=person_of(request), wanted=asked.wanted(), now=timezone.now())
        return Response(ToJudgeOutput(to_judge(review.id)).data)


class ReviewAhead(APIView):
    permission_classes = [Requires("review.take")]

    @extend_schema(request=NextReviewInput, responses=ToJudgeOutput)
    def post(self, request: Request) -> Response:
        """Hold what comes after the submission on one's screen, to load it beforehand; `next` begins it."""
        asked = NextReviewInput(data=request.data)
        asked.is_valid(raise_exception=True)
        review = reviews.take_ahead(reviewer=person_of(request), wanted=asked.wanted(), now=timezone.now())
        return Response(ToJudgeOutput(to_judge(review.id)).data)


class WaitingWork(APIView):
    permission_classes = [Requires("review.take")]

    @extend_schema(responses=WaitingOutput(many=True))
    def get(self, request: Request) -> Response:
        """What waits that one may judge: by campaign, and in batches of one contributor each, who stays unnamed."""
        found = waiting_for(person_of(request).pk, now=timezone.now())
        return Response(WaitingOutput(found, many=True).data)


class TakeAgain(APIView):
    permission_classes = [Requires("review.take")]

    @extend_schema(request=None, responses=ToJudgeOutput)
    def post(self, request: Request, review_id: UUID) -> Response:
        """Hold again what was lost when its time ran out, if nobody else has it."""
        review = reviews.take_again(review_id=review_id, reviewer=person_of(request), now=timezone.now())
        return Response(ToJudgeOutput(to_judge(review.id)).data)


class Copies(APIView):
    permission_classes = [Requires("review.vote")]

    @extend_schema(parameters=[OpenApiParameter("after", UUID)], responses=ClusterOutput)
    def get(self, request: Request, review_id: UUID) -> Response:
        """The contributions that share material with the one held for review, and why; whose they are is left out."""
        asked = ClusterQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        review = reviews.held(review_id=review_id, reviewer=person_of(request), now=timezone.now())
        return Response(ClusterOutput(cluster_of(review.revision_id, **asked.validated_data)).data)


class Heartbeat(APIView):
    permission_classes = [Requires("review.vote")]

    @extend_schema(request=None, responses=ReviewOutput)
    def post(self, request: Request, review_id: UUID) -> Response:
        """Hold the review for another 20 minutes."""
        review = reviews.heartbeat(review_id=review_id, reviewer=person_of(request), now=timezone.now())
        return Response(ReviewOutput(review).data)


class CastVote(APIView):
    permission_classes = [Requires("review.vote")]

    @extend_schema(request=JudgementInput, responses=ReviewOutput)
    def post(self, request: Request, review_id: UUID) -> Response:
        """Judge. The same verdict again changes nothing."""
        vote = JudgementInput(data=request.data)
        vote.is_valid(raise_exception=True)
        review = reviews.cast_vote(
            review_id=review_id, reviewer=person_of(request), now=timezone.now(), **vote.validated_data
        )
        return Response(ReviewOutput(review).data)


class Release(APIView):
    permission_classes = [Requires("review.release")]

    @extend_schema(request=None, responses=ReviewOutput)
    def post(self, request: Request, review_id: UUID) -> Response:
        """Give the review back unjudged."""
        review = reviews.release(review_id=review_id, reviewer=person_of(request), now=timezone.now())
        return Response(ReviewOutput(review).data)
