"""Sound events: from other tools' files into a form, and out again."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common.query_params import choice_of
from curation.api.serializers.sounds import ExportedSoundsOutput, ImportedSoundsOutput, SoundsInput
from curation.record.sound_events import FORMATS
from curation.selectors.sound_events import read_events, written_events

AS = OpenApiParameter("as", enum=list(FORMATS))


class ReadSounds(APIView):
    permission_classes = [Requires("submission.create")]

    @extend_schema(request=SoundsInput, responses=ImportedSoundsOutput)
    def post(self, request: Request) -> Response:
        """What a DCASE table or JAMS file says, as a record would hold it; nothing is stored."""
        asked = SoundsInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(ImportedSoundsOutput(read_events(**asked.validated_data)).data)


class SubmissionSounds(APIView):
    permission_classes = [Requires("submission.read")]

    @extend_schema(parameters=[AS], responses=ExportedSoundsOutput)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """The sound events as a file: a DCASE table unless asked otherwise."""
        wanted = choice_of(request, "as", list(FORMATS)) or "dcase"
        found = written_events(person_of(request), submission_id, format=wanted)
        name = f"sound-events.{FORMATS[wanted].ending}"
        body = {"name": name, "content": found.content.decode(), "losses": found.losses}
        return Response(ExportedSoundsOutput(body).data)
