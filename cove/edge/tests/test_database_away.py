"""CODE-8: a scan is answered although the database is away, and is in the log, once, when it is back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg
import pytest

from cove.launch.embedded.postgres import PostgresServer
from cove.launch.env import read_environment
from tests.ports import free_port

MAKE = """
import django; django.setup()
from django.core.management import call_command
from cove.kernel.database.seal import seal_tables
call_command("migrate", database="owner", interactive=False, verbosity=0)
seal_tables()
from cove.business.live_codes.commands.codes import create_code
from cove.directory.org.commands.tenants import create_administrator, create_tenant
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope
actor = Actor.system(create_tenant(name="云岫家居").id)
with tenant_scope(actor.tenant_id):
    member = create_administrator(actor, name="小王", email="a@cove.test", password="harbour-light-42")
    print(create_code(actor, name="展会", members={member.id: 1}).slug)
"""


@pytest.fixture
def house(tmp_path):
    """A PostgreSQL of this test's own, and the variables of programs that use it."""
    port = free_port()
    variables = {"COVE_DATA": str(tmp_path), "COVE_PORT": str(port), "COVE_LOG_LEVEL": "ERROR"}
    server = PostgresServer(read_environment(variables))
    server.start()
    yield server, {**os.environ, **variables}, port
    server.stop()


def serve(variables, port):
    command = [sys.executable, "-m", "uvicorn", "cove.launch.asgi:application", "--port", str(port), "--no-access-log"]
    running = subprocess.Popen([*command, "--log-level", "error"], env=variables)
    wait_for(lambda: listens(port), "the web part to listen")
    return running


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(true, what):
    end = time.monotonic() + 120
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"waited for {what}")
        time.sleep(0.1)


def file_of_mirror(variables):
    kept = Path(variables["COVE_DATA"], "mirror.json")
    return kept.read_text() if kept.exists() else ""


def visits(server):
    url = server.environment.embedded_postgres_url("postgres")
    with psycopg.connect(url) as looking:
        rows = looking.execute("SELECT payload->>'visit' FROM log_fact WHERE kind = 'live_codes.code_scanned'")
        return [row[0] for row in rows]


def scan(phone, slug):
    answer = phone.get(f"/c/{slug}")
    assert answer.status_code == 302
    return answer.headers["location"]


@pytest.mark.slow
def test_scans_are_answered_and_kept_while_postgresql_is_away_and_the_edge_is_killed(house):
    server, variables, port = house
    slug = subprocess.run(
        [sys.executable, "-c", MAKE], env=variables, check=True, capture_output=True, text=True
    ).stdout
    slug = slug.strip()
    running = serve(variables, port)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"accept-language": "zh-CN"}, timeout=60) as phone:
        scan(phone, slug)
        # The mirror's file is written at most every two seconds.
        wait_for(lambda: slug in file_of_mirror(variables), "the mirror's file")
        server.stop()
        page = phone.get(scan(phone, slug))
        assert page.status_code == 200
        assert "小王" in page.text
        for _ in range(20):
            scan(phone, slug)
        running.kill()
        running.wait()
        running = serve(variables, port)
        scan(phone, slug)
        server.start()
        wait_for(lambda: len(visits(server)) >= 23, "the visits")
    running.terminate()
    running.wait(60)
    found = visits(server)
    assert len(found) == len(set(found)) == 23
