"""The worker of jobs ends when PostgreSQL does not take its heartbeat; it is begun again as long as the process lives."""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from procrastinate import App

AT_ONCE = 2
BACK_OFF_SECONDS = 2.0

log = structlog.get_logger(__name__)


async def keep_working(app: App, stopping: asyncio.Event) -> None:
    """Do jobs until `stopping`; those that were begun are then finished."""
    stop_wanted = asyncio.create_task(stopping.wait())
    while not stopping.is_set():
        worker = asyncio.create_task(
            app.run_worker_async(queues=["jobs"], concurrency=AT_ONCE, install_signal_handlers=False)
        )
        await asyncio.wait({worker, stop_wanted}, return_when=asyncio.FIRST_COMPLETED)
        worker.cancel()
        (ended,) = await asyncio.gather(worker, return_exceptions=True)
        if not stopping.is_set():
            log.warning("the worker of jobs ended and begins again", error=str(ended or "").strip())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), BACK_OFF_SECONDS)
