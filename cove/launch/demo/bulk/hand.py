"""A process that loads pieces. Its functions reach it before Django is set up, so nothing here is imported that needs it."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from threading import Thread
from typing import TYPE_CHECKING

from cove.launch.demo.bulk.ground import Ground
from cove.launch.demo.kept import Kept
from cove.launch.demo.outside import Outside

if TYPE_CHECKING:
    from cove.launch.demo.bulk.piece import Loader

_loaders: list[Loader] = []
"""One."""


def begin(base_url: str, ground: Ground, life: Kept) -> None:
    """Get ready to load pieces of a life, for as long as the process lives that hands them out."""
    import django

    stay_with_parent()

    django.setup()
    from cove.launch.demo.bulk.piece import Loader

    _loaders.append(Loader(Outside(base_url), ground, life))


def load(numbers: range) -> int:
    """Load a piece; return how many facts it has."""
    return _loaders[0].load(numbers)


def stay_with_parent() -> None:
    """End this process when the one that started it is killed: it would wait for work for ever, holding both ends of the pipe."""
    Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
