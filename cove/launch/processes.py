"""What a process settles with the operating system: folder locks, children that end with it, ports."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h: the signal this process gets when its parent dies."""


class FolderTakenError(Exception):
    """Another process holds the folder."""

    def __init__(self, what: str, path: Path) -> None:
        holder = path.read_text(encoding="ascii", errors="replace").strip() or "unknown"
        super().__init__(
            f"{what} in {path.parent} already runs (process {holder}). "
            "Stop that one first, or choose another folder with COVE_DATA."
        )


class PortTakenError(Exception):
    """Another program listens on the port."""

    def __init__(self, port: int, variable: str) -> None:
        super().__init__(f"Port {port} is taken by another program. Stop it, or choose a free port: {variable}=…")


def hold_folder(path: Path, what: str, *, patience: float = 1.0) -> int:
    """Lock the file at `path` for as long as this process lives; return the descriptor (closed on exec).

    Waits `patience` seconds, for a process that is just ending. Raises `FolderTakenError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if not lock_within(descriptor, patience):
        os.close(descriptor)
        raise FolderTakenError(what, path)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def lock_within(descriptor: int, seconds: float) -> bool:
    """Try for some seconds to lock an open file exclusively; say whether it is ours."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def set_mark(mark: Path) -> None:
    """Write this process's number into a file that tells others of a state."""
    mark.write_text(f"{os.getpid()}\n", encoding="ascii")


def is_marked(mark: Path) -> bool:
    """Tell whether the mark is there and the process that set it still lives."""
    try:
        os.kill(int(mark.read_text(encoding="ascii")), 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Make a `preexec_fn` after which the child gets the signal when this process dies, by whatever means.

    Linux only (prctl(2)); elsewhere the child lives on until it is stopped by the next start.
    """
    if sys.platform != "linux":
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def arm() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl
            os.kill(os.getpid(), number)

    return arm


def exit_on_signals() -> None:
    """Turn SIGTERM and SIGINT into SystemExit, so that `finally` runs."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)


def ignore_signals() -> None:
    """Let nothing interrupt an orderly end that has begun."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def leave(code: int = 0) -> NoReturn:
    """End this process at once, after all that must outlive it was done.

    Python would first take each of its modules and objects apart, which takes a second of a processor and saves nothing.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def check_port_free(host: str, port: int, variable: str) -> None:
    """Raise `PortTakenError` when somebody listens at the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTakenError(port, variable) from error
            raise
