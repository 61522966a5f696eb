"""TCP ports on the loopback interface."""

from __future__ import annotations

import random
import socket
from collections.abc import Collection

LOOPBACK = "127.0.0.1"
# Below the kernel's ephemeral range (32768 and up by default), so that an outgoing connection of some
# other program never sits on a port that was planned but is not listened on yet.
LOWEST, HIGHEST = 20_000, 32_000
# SeaweedFS finds its own admin service at port + 10,000; that one stays below the ephemeral range too.
HIGHEST_WITH_COMPANION = 22_000
COMPANION_OFFSET = 10_000

_chance = random.SystemRandom()


def is_free(port: int) -> bool:
    """Whether nothing listens on the port of the loopback interface."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: a port whose old connections are in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def choose(*, avoiding: Collection[int], companion: bool = False) -> int:
    """A free port, at random so that two installations seldom collide.

    Args:
        avoiding: Ports that are spoken for, in use or not.
        companion: Whether the port `COMPANION_OFFSET` above it has to be free as well.
    """
    highest = HIGHEST_WITH_COMPANION if companion else HIGHEST - 2_000
    while True:
        port = _chance.randrange(LOWEST, highest)
        wanted = [port, port + COMPANION_OFFSET] if companion else [port]
        if all(one not in avoiding and is_free(one) for one in wanted):
            return port
