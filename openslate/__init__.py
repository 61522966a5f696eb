"""The Python client and command line of OpenSlate, over its public HTTP API alone. Needs httpx; installable alone."""

from openslate.client import Client
from openslate.errors import ApiError, ClientError

__all__ = ["ApiError", "Client", "ClientError"]
