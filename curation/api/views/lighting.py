"""What helps to describe light."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires
from curation.api.serializers.lighting import SunInput, SunOutput
from curation.record.lighting import sun_position


class SunPosition(APIView):
    permission_classes = [Requires("asset.upload")]

    @extend_schema(request=SunInput, responses=SunOutput)
    def post(self, request: Request) -> Response:
        """Where the sun stands at a place and a time, for `lighting.sun`; nothing of it is kept."""
        asked = SunInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(SunOutput(sun_position(**asked.validated_data)).data)
