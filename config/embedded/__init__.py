"""The services OpenSlate needs, run from wheels and npm packages when no address of another is given.

Plain Python, no Django. It starts, checks and stops PostgreSQL, Valkey, SeaweedFS and anvil on the loopback
interface, with passwords of its own making; it knows nothing of what they are used for, and signals no process
that is not one of them. `plan` is cheap, for settings; what starts and stops is in `operations`.
"""

from config.embedded.errors import BinaryMissing, EmbeddedServiceError, FolderUnusable, ServiceFailed
from config.embedded.planning import Services
from config.embedded.planning import load_or_create as plan

__all__ = ["BinaryMissing", "EmbeddedServiceError", "FolderUnusable", "ServiceFailed", "Services", "plan"]
