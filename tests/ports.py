"""Ports for tests: none that another process of the tests holds, and none that the system gives to whoever opens a connection.

A port that was found by binding to port 0 is one of those that connections get, so it may be gone before it is bound,
or while the part behind it starts anew.
"""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from itertools import count
from pathlib import Path

_RANGE_FILE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_FIRST, _LAST = 15_000, 32_000
_held = Path(tempfile.gettempdir(), f"cove-test-ports-{os.getuid()}").open("ab")  # noqa: SIM115 -- held until the process ends
# Processes begin at different places, so that they seldom meet. The neighbours of a port stay free: parts take some by themselves.
_next = count(os.getpid() * 61, 13)


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens; until this process ends no other test is given it."""
    first, last = _range()
    for number in _next:
        port = first + number % (last - first)
        if _is_ours(port) and _is_free(port):
            return port
    raise AssertionError("unreachable")


def _range() -> tuple[int, int]:
    """Return the ports below those that connections get; where that is not known or leaves none, some of the usual."""
    try:
        lowest = int(_RANGE_FILE.read_text().split()[0])
    except OSError:
        return _FIRST, _LAST
    return (_FIRST, min(lowest, _LAST)) if lowest > _FIRST + 1000 else (_FIRST, _LAST)


def _is_ours(port: int) -> bool:
    """Take the port's byte of the file for this process; the system lets go of it when the process ends, however it does."""
    try:
        fcntl.lockf(_held, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True
