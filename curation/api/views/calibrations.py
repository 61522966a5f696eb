"""What scores mean, and which models nobody has calibrated."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires
from common import storage
from curation.api.serializers.calibrations import CalibrationOutput, DiagramLinkOutput, ScoringHoldOutput
from curation.models import Calibration, ScoringHold
from curation.services import calibrations


class Calibrations(generics.ListAPIView[Calibration]):
    """Calibrations, newest first; of one metric and model the newest holds."""

    permission_classes = [Requires("calibration.read")]
    serializer_class = CalibrationOutput

    def get_queryset(self) -> QuerySet[Calibration]:
        calibrations.store_shipped()
        return Calibration.objects.all()


class CalibrationDetail(APIView):
    permission_classes = [Requires("calibration.read")]

    @extend_schema(responses=CalibrationOutput)
    def get(self, request: Request, calibration_id: UUID) -> Response:
        """A curve with its gate points and figures."""
        return Response(CalibrationOutput(calibrations.find(calibration_id)).data)


class CalibrationDiagram(APIView):
    permission_classes = [Requires("calibration.read")]

    @extend_schema(responses=DiagramLinkOutput)
    def get(self, request: Request, calibration_id: UUID) -> Response:
        """A link to the reliability diagram."""
        row = calibrations.find_with_diagram(calibration_id)
        name = f"{row.metric}-{row.created_at:%Y%m%d}.png"
        return Response({"url": storage.read_link(row.diagram_key, content_type="image/png", filename=name)})


class ScoringHolds(generics.ListAPIView[ScoringHold]):
    """Why the scoring queue stands still, if it does."""

    permission_classes = [Requires("operations.read")]
    serializer_class = ScoringHoldOutput
    queryset = ScoringHold.objects.all()
