"""The work part: consumers of the log, jobs, rounds, and outward deliveries, until a signal."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")


async def _run() -> None:
    from django.conf import settings
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from cove.engine.channels.delivery.run import Deliveries
    from cove.kernel.jobs.recovery import keep_taking_back
    from cove.kernel.jobs.working import keep_working
    from cove.kernel.log.run import Consumers
    from cove.kernel.mail.run import Mails

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    consumers = Consumers(settings.DATABASE_DSN)
    consumers.start()
    mails = Mails(settings.DATABASE_DSN)
    mails.start()
    deliveries = asyncio.create_task(Deliveries(settings.DATABASE_DSN).run(stopping))
    connector = cast("DjangoConnector", app.connector)
    worker_app = app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        worker = asyncio.create_task(keep_working(worker_app, stopping))
        recovery = asyncio.create_task(keep_taking_back(worker_app, stopping))
        await stopping.wait()
        threads = (asyncio.to_thread(part.stop) for part in (consumers, mails))
        await asyncio.gather(*threads, worker, recovery, deliveries, return_exceptions=True)


def main() -> None:
    """Run until SIGINT or SIGTERM; every batch that was begun is finished."""
    import django

    from cove.launch.processes import leave

    django.setup()
    asyncio.run(_run())
    leave()


if __name__ == "__main__":
    main()
