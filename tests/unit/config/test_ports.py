"""Ports are chosen free, outside what is spoken for."""

import socket

from config.embedded import ports


def test_port_with_a_listener_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert not ports.is_free(listener.getsockname()[1])


def test_chosen_port_avoids_those_spoken_for_and_stays_below_the_ephemeral_range() -> None:
    avoiding = set(range(ports.LOWEST, ports.HIGHEST - 2_000 - 50))
    chosen = ports.choose(avoiding=avoiding)
    assert chosen not in avoiding
    assert ports.is_free(chosen)
    assert chosen < 32_768


def test_companion_port_is_free_too() -> None:
    chosen = ports.choose(avoiding=set(), companion=True)
    assert ports.is_free(chosen + ports.COMPANION_OFFSET)
    assert chosen + ports.COMPANION_OFFSET < 32_768
