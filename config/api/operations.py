"""The operator's look at the whole platform."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires
from config.api import health, queues


class QueueStateOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    worker = serializers.CharField(help_text="The queue whose workers claim these rows.")
    waiting = serializers.IntegerField()
    held = serializers.IntegerField(help_text="In a worker's hands.")
    retried = serializers.IntegerField(help_text="Waiting, and tried before.")
    failed = serializers.IntegerField(help_text="Given up.")
    oldest_s = serializers.FloatField(allow_null=True, help_text="How long the oldest has waited.")


class WorkerStateOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    queues = serializers.ListField(child=serializers.CharField())


class ServiceStateOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    answers = serializers.BooleanField()
    seconds = serializers.FloatField(help_text="Until it answered, or was given up.")
    problem = serializers.CharField(allow_blank=True)


class OperationsOutput(serializers.Serializer[Any]):
    """Queues from the rows that wait in them, workers that answered within a second, services."""

    queues = QueueStateOutput(many=True)
    workers = WorkerStateOutput(many=True, allow_null=True, help_text="Null where the broker does not answer.")
    unserved = serializers.ListField(
        child=serializers.CharField(), help_text="Queues that have work and no living worker."
    )
    services = ServiceStateOutput(many=True)


class Operations(APIView):
    permission_classes = [Requires("operations.read")]

    @extend_schema(responses=OperationsOutput)
    def get(self, request: Request) -> Response:
        """What waits, who works, and what answers."""
        waiting, working = queues.states(now=timezone.now()), health.workers()
        served = {name for worker in working or () for name in worker.queues}
        unserved = sorted({queue.worker for queue in waiting if queue.waiting} - served)
        found = {"queues": waiting, "workers": working, "unserved": unserved, "services": health.services()}
        return Response(OperationsOutput(found).data)
