"""Jobs of processes that died: each goes back into the queue, but a round of which another one waits already."""

from __future__ import annotations

import asyncio

from django.db import connection
from procrastinate.contrib.django import app

from cove.kernel.jobs.recovery import take_back_jobs


def put(lock: str | None, *, worker: int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status, worker_id)"
            " VALUES ('jobs', 'test.nothing', %s, %s::procrastinate_job_status, %s) RETURNING id",
            [lock, "doing" if worker else "todo", worker],
        )
        return cursor.fetchone()[0]


def state(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s RETURNING status", [job])
        return cursor.fetchone()[0]


async def take_back() -> None:
    async with app.with_connector(app.connector.get_worker_connector()).open_async() as worker_app:
        await take_back_jobs(worker_app)


def test_a_round_that_waits_already_does_not_keep_other_jobs_from_coming_back(databases):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        dead = cursor.fetchone()[0]
    died, waiting = put("test.round", worker=dead), put("test.round", worker=None)
    work = put(None, worker=dead)
    asyncio.run(take_back())
    assert [state(job) for job in (died, waiting, work)] == ["failed", "todo", "todo"]
