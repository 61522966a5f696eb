"""The words that a record may use, with their labels; they change with a release only."""

import hashlib
import json
from functools import cache
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.public import Requires
from common.conditional import unless_known
from common.errors import NotFound
from curation.api.serializers.vocabularies import VocabularyLine, VocabularyOutput
from curation.record.vocabularies import catalogue

MAX_AGE_S = 3_600


class Vocabularies(APIView):
    permission_classes = [Requires("campaign.read")]

    @extend_schema(responses=VocabularyLine(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        """Every vocabulary, without its terms."""
        data, etag = _list()
        return unless_known(request, data, etag=etag, max_age_s=MAX_AGE_S)


class VocabularyTerms(APIView):
    permission_classes = [Requires("campaign.read")]

    @extend_schema(responses=VocabularyOutput)
    def get(self, request: Request, name: str) -> HttpResponseBase:
        """One vocabulary: its terms in English and, where there are, Arabic words, and where they come from."""
        if name not in catalogue():
            raise NotFound(f"There is no vocabulary {name}. Choose one of: {', '.join(catalogue())}.")
        data, etag = _terms(name)
        return unless_known(request, data, etag=etag, max_age_s=MAX_AGE_S)


@cache
def _list() -> tuple[Any, str]:
    return _with_etag([VocabularyLine(vocabulary).data for vocabulary in catalogue().values()])


@cache
def _terms(name: str) -> tuple[Any, str]:
    return _with_etag(VocabularyOutput(catalogue()[name]).data)


def _with_etag(data: Any) -> tuple[Any, str]:
    return data, hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()[:32]
