"""Ask for clips, follow and fetch them; judge them in pairs."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common.idempotency import idempotent
from common.query_params import choice_of, text_of, uuid_of
from generation import selectors
from generation.api.serializers import (
    ArenaStandingOutput,
    ComparisonInput,
    ComparisonOutput,
    EstimateOutput,
    GenerationInput,
    GenerationOutput,
    JudgedOutput,
    LinkOutput,
    NextPairInput,
    PairOutput,
    ResultOutput,
    VoteInput,
    VoteOutput,
)
from generation.lifecycle import GenerationStatus
from generation.models import Choice, Comparison, Generation
from generation.selectors import arena
from generation.services import estimates, generations, votes

FILTERS = [
    OpenApiParameter("status", enum=GenerationStatus.values),
    OpenApiParameter("model", str),
    OpenApiParameter("adapter", UUID, description="Only those made with this checkpoint."),
    OpenApiParameter("mine", bool, description="Only one's own; an operator sees all else."),
]


class Generations(generics.ListAPIView[Generation]):
    """One's own generations, newest first; POST asks for one."""

    permission_classes = [Requires(GET="generation.read", POST="generation.create")]
    serializer_class = GenerationOutput
    queryset = Generation.objects.none()

    def get_queryset(self) -> QuerySet[Generation]:
        return selectors.listed(
            person_of(self.request),
            status=choice_of(self.request, "status", GenerationStatus.values),
            model=text_of(self.request, "model"),
            adapter_id=uuid_of(self.request, "adapter"),
            mine=choice_of(self.request, "mine", ["true", "false"]) == "true",
        )

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request) -> Response:
        """Generations, newest first, each with links to its clip and poster."""
        return self.list(request)

    @extend_schema(request=GenerationInput, responses={201: GenerationOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        asked = GenerationInput(data=request.data)
        asked.is_valid(raise_exception=True)
        generation = generations.request(actor=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(GenerationOutput(generation).data, status=status.HTTP_201_CREATED)


class OneGeneration(APIView):
    permission_classes = [Requires("generation.read")]

    @extend_schema(responses=GenerationOutput)
    def get(self, request: Request, generation_id: UUID) -> Response:
        return Response(GenerationOutput(selectors.generation_by_id(person_of(request), generation_id)).data)


class CancelGeneration(APIView):
    permission_classes = [Requires("generation.cancel")]

    @extend_schema(request=None, responses=GenerationOutput)
    def post(self, request: Request, generation_id: UUID) -> Response:
        own = selectors.generation_by_id(person_of(request), generation_id)
        generation = generations.cancel(generation_id=own.id, actor=person_of(request), now=timezone.now())
        return Response(GenerationOutput(generation).data)


class RetryGeneration(APIView):
    permission_classes = [Requires("generation.create")]

    @extend_schema(request=None, responses=GenerationOutput)
    def post(self, request: Request, generation_id: UUID) -> Response:
        own = selectors.generation_by_id(person_of(request), generation_id)
        generation = generations.retry(generation_id=own.id, actor=person_of(request), now=timezone.now())
        return Response(GenerationOutput(generation).data)


class GenerationLink(APIView):
    permission_classes = [Requires("generation.read")]

    @extend_schema(responses=LinkOutput)
    def get(self, request: Request, generation_id: UUID) -> Response:
        generation = selectors.generation_by_id(person_of(request), generation_id)
        return Response({"url": selectors.clip_link(generation)})


class EstimateGeneration(APIView):
    permission_classes = [Requires("generation.create")]

    @extend_schema(request=GenerationInput, responses=EstimateOutput)
    def post(self, request: Request) -> Response:
        """What the clip would take and cost; nothing is started."""
        asked = GenerationInput(data=request.data)
        asked.is_valid(raise_exception=True)
        found = estimates.estimate(actor=person_of(request), **asked.validated_data)
        return Response(EstimateOutput(found).data)


class Leaderboard(APIView):
    permission_classes = [Requires("comparison.read")]

    @extend_schema(responses=ArenaStandingOutput(many=True))
    def get(self, request: Request) -> Response:
        """How models stand in blind comparisons, the strongest first, and on which scenes each loses."""
        return Response(ArenaStandingOutput(arena.leaderboard(), many=True).data)


class Comparisons(generics.ListAPIView[Comparison]):
    """Pairs that people judge, newest first, each with its tally."""

    permission_classes = [Requires(GET="comparison.create", POST="comparison.create")]
    serializer_class = JudgedOutput
    queryset = Comparison.objects.none()

    def get_queryset(self) -> QuerySet[Comparison]:
        wanted = choice_of(self.request, "unjudged", ["true", "false"])
        return arena.comparisons_for(person_of(self.request), unjudged_by_me=wanted == "true")

    @extend_schema(parameters=[OpenApiParameter("unjudged", bool, description="Only what I have not judged.")])
    def get(self, request: Request) -> Response:
        """Pairs that people judge, newest first; no tally while I have the pair open."""
        return self.list(request)

    @extend_schema(request=ComparisonInput, responses={201: ComparisonOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        pair = ComparisonInput(data=request.data)
        pair.is_valid(raise_exception=True)
        first, second = pair.validated_data["first"], pair.validated_data["second"]
        comparison = votes.compare(first_id=first, second_id=second, actor=person_of(request), now=timezone.now())
        return Response(ComparisonOutput(comparison).data, status=status.HTTP_201_CREATED)


class NextPair(APIView):
    permission_classes = [Requires("vote.cast")]

    @extend_schema(request=NextPairInput, responses=PairOutput)
    def post(self, request: Request) -> Response:
        asked = NextPairInput(data=request.data)
        asked.is_valid(raise_exception=True)
        vote = votes.show_next(voter=person_of(request), now=timezone.now(), **asked.validated_data)
        left, right = selectors.blind_links(vote)
        prompt = vote.comparison.first.request["caption"]
        return Response({"comparison": vote.comparison_id, "prompt": prompt, "left": left, "right": right})


class CastVote(APIView):
    permission_classes = [Requires("vote.cast")]

    @extend_schema(request=VoteInput, responses=VoteOutput)
    def post(self, request: Request, comparison_id: UUID) -> Response:
        cast = VoteInput(data=request.data)
        cast.is_valid(raise_exception=True)
        choice = Choice(cast.validated_data["choice"])
        vote = votes.cast(comparison_id=comparison_id, voter=person_of(request), choice=choice, now=timezone.now())
        return Response(VoteOutput(vote).data)


class ComparisonResult(APIView):
    permission_classes = [Requires("comparison.read")]

    @extend_schema(responses=ResultOutput)
    def get(self, request: Request, comparison_id: UUID) -> Response:
        return Response(ResultOutput(votes.result(comparison_id)).data)
