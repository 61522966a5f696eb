"""QR codes of what a person has to bring to another device."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.qr_codes import drawn


class QrCodeInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=512, help_text="Such as the address for an authenticator app.")


class QrCodeOutput(serializers.Serializer[Any]):
    size = serializers.IntegerField(help_text="Units along a side, the quiet zone included.")
    path = serializers.CharField(help_text="The dark parts as SVG path data.")


class QrCodes(APIView):
    @extend_schema(request=QrCodeInput, responses=QrCodeOutput)
    def post(self, request: Request) -> Response:
        """Draw a text as a QR code. Nothing of it is kept."""
        asked = QrCodeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(QrCodeOutput(drawn(asked.validated_data["text"])).data)
