"""Start, follow, cancel and resume runs; read checkpoints."""

from typing import Any
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
from common.idempotency import idempotent
from common.query_params import choice_of, integer_of, text_of, uuid_of
from curation import public as curation
from training import selectors
from training.api.serializers import (
    AdapterLinkOutput,
    CheckpointOutput,
    CompareQuery,
    ConfigSchemaOutput,
    CurveOutput,
    LogLineOutput,
    MetricOutput,
    RunInput,
    RunOutput,
    RunSampleOutput,
    UseOutput,
)
from training.lifecycle import RunStatus
from training.models import Checkpoint, Run, RunSample
from training.services import runs

FILTERS = [
    OpenApiParameter("status", enum=RunStatus.values),
    OpenApiParameter("base", str),
    OpenApiParameter("export", UUID),
    OpenApiParameter("mine", bool),
]


class Runs(generics.ListAPIView[Run]):
    """All runs, newest first; POST starts one."""

    permission_classes = [Requires(GET="run.read", POST="run.start")]
    serializer_class = RunOutput
    queryset = Run.objects.none()

    def get_queryset(self) -> QuerySet[Run]:
        mine = choice_of(self.request, "mine", ["true", "false"]) == "true"
        return selectors.runs_listed(
            status=choice_of(self.request, "status", RunStatus.values),
            base=text_of(self.request, "base"),
            export_id=uuid_of(self.request, "export"),
            created_by=person_of(self.request).id if mine else None,
        )

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request) -> Response:
        """Runs, newest first."""
        return self.list(request)

    @extend_schema(request=RunInput, responses={201: RunOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        asked = RunInput(data=request.data)
        asked.is_valid(raise_exception=True)
        fields: dict[str, Any] = dict(asked.validated_data)
        run = runs.start(export_id=fields.pop("export"), actor=person_of(request), now=timezone.now(), **fields)
        return Response(RunOutput(run).data, status=status.HTTP_201_CREATED)


class SubmissionRuns(generics.ListAPIView[Run]):
    """The runs that were trained on a submission, newest first; for its author and operators."""

    permission_classes = [Requires("submission.read")]
    serializer_class = UseOutput

    def get_queryset(self) -> QuerySet[Run]:
        exports = curation.exports_with(person_of(self.request), self.kwargs["submission_id"])
        return selectors.runs_on(exports)


class ConfigSchema(APIView):
    permission_classes = [Requires("run.start")]

    @extend_schema(responses=ConfigSchemaOutput)
    def get(self, request: Request) -> Response:
        """The configuration of a run as a JSON Schema, with what a form needs to show it."""
        return Response(ConfigSchemaOutput(runs.config_schema()).data)


class CompareRuns(APIView):
    permission_classes = [Requires("run.read")]

    @extend_schema(parameters=[CompareQuery], responses=CurveOutput(many=True))
    def get(self, request: Request) -> Response:
        """Several runs with their metrics, for one chart."""
        asked = CompareQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(CurveOutput(selectors.compared(asked.validated_data["ids"]), many=True).data)


class OneRun(APIView):
    permission_classes = [Requires("run.read")]

    @extend_schema(responses=RunOutput)
    def get(self, request: Request, run_id: UUID) -> Response:
        return Response(RunOutput(selectors.run_by_id(run_id)).data)


class RunMetrics(APIView):
    """What the engine has printed since a step: poll with the last step you have."""

    permission_classes = [Requires("run.read")]

    @extend_schema(
        parameters=[OpenApiParameter("after", OpenApiTypes.INT, description="Steps past this one.", default=-1)],
        responses=MetricOutput(many=True),
    )
    def get(self, request: Request, run_id: UUID) -> Response:
        rows = selectors.metrics_after(run_id, integer_of(request, "after", default=-1))
        return Response(MetricOutput(rows, many=True).data)


class RunSamples(generics.ListAPIView[RunSample]):
    """Clips that the run made of the same held-out shots at every save, newest first."""

    permission_classes = [Requires("run.read")]
    serializer_class = RunSampleOutput
    queryset = RunSample.objects.none()

    def get_queryset(self) -> QuerySet[RunSample]:
        return selectors.samples_of(self.kwargs["run_id"])


class RunLog(APIView):
    """What the run said beside its metrics: poll with the last line you have. The newest 2,000 lines are kept."""

    permission_classes = [Requires("run.read")]

    @extend_schema(
        parameters=[OpenApiParameter("after", OpenApiTypes.INT, description="Lines past this one.", default=0)],
        responses=LogLineOutput(many=True),
    )
    def get(self, request: Request, run_id: UUID) -> Response:
        rows = selectors.log_after(run_id, integer_of(request, "after", default=0))
        return Response(LogLineOutput(rows, many=True).data)


class CancelRun(APIView):
    permission_classes = [Requires("run.cancel")]

    @extend_schema(request=None, responses=RunOutput)
    def post(self, request: Request, run_id: UUID) -> Response:
        return Response(RunOutput(runs.cancel(run_id=run_id, actor=person_of(request), now=timezone.now())).data)


class ResumeRun(APIView):
    permission_classes = [Requires("run.start")]

    @extend_schema(request=None, responses=RunOutput)
    def post(self, request: Request, run_id: UUID) -> Response:
        return Response(RunOutput(runs.resume(run_id=run_id, actor=person_of(request), now=timezone.now())).data)


class Checkpoints(generics.ListAPIView[Checkpoint]):
    """Saved adapters, newest first; `?run=` for one run's."""

    permission_classes = [Requires("run.read")]
    serializer_class = CheckpointOutput
    queryset = Checkpoint.objects.all()

    def get_queryset(self) -> QuerySet[Checkpoint]:
        run_id = uuid_of(self.request, "run")
        return super().get_queryset() if run_id is None else super().get_queryset().filter(run_id=run_id)

    @extend_schema(parameters=[OpenApiParameter("run", OpenApiTypes.UUID, description="Only this run's.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OneCheckpoint(APIView):
    permission_classes = [Requires("run.read")]

    @extend_schema(responses=CheckpointOutput)
    def get(self, request: Request, checkpoint_id: UUID) -> Response:
        return Response(CheckpointOutput(selectors.checkpoint_by_id(checkpoint_id)).data)


class Adapter(APIView):
    permission_classes = [Requires("run.read")]

    @extend_schema(responses=AdapterLinkOutput)
    def get(self, request: Request, checkpoint_id: UUID) -> Response:
        """A link to the adapter's weights, valid for five minutes."""
        return Response(AdapterLinkOutput(selectors.adapter_link(checkpoint_id)).data)
