"""What every test may ask for: real databases in a folder of their own, a tenant of its own, an actor in it.

Tests commit as the product does. They do not see each other because each has its own tenant.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count

import hypothesis
import pytest
from django.conf import settings

from tests.ports import free_port

# Before anything reads the environment: tests never touch a data folder or server that somebody uses.
for name in [key for key in os.environ if key.startswith("COVE_")]:
    del os.environ[name]
os.environ["COVE_DATA"] = tempfile.mkdtemp(prefix="cove-test-")
os.environ["COVE_CLICKHOUSE_PORT"] = str(free_port())
os.environ["COVE_LOG_LEVEL"] = "WARNING"
if settings.configured and str(settings.DATA_FOLDER) != os.environ["COVE_DATA"]:
    raise pytest.UsageError(
        "Settings were read before the tests could choose their own folder: unset DJANGO_SETTINGS_MODULE."
    )
# Named here and not in pyproject.toml: pytest-django would read it before this file has set the folder.
os.environ["DJANGO_SETTINGS_MODULE"] = "cove.launch.settings"

import django  # noqa: E402 -- after the environment

# Tests import models at their top.
django.setup()
settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]

# How quick a machine is says nothing about what is tried on it.
hypothesis.settings.register_profile("cove", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("cove")

_numbers = count(1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker process choose a folder and servers of its own, as this one would: it starts with this one's environment."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def databases(django_db_blocker) -> Iterator[None]:
    """Run PostgreSQL and ClickHouse in the tests' folder, brought to the shape of this version."""
    from cove.launch.embedded.postgres import PostgresServer
    from cove.launch.env import environment
    from cove.launch.migrate import migrate

    server = PostgresServer(environment())
    server.start()
    engine = subprocess.Popen([sys.executable, "-m", "cove.launch.embedded.clickhouse"])
    try:
        _wait_for_port(environment().clickhouse_port)
        django_db_blocker.unblock()
        migrate()
        yield
    finally:
        from django.db import connections

        connections.close_all()
        for connection in connections.all(initialized_only=True):
            if hasattr(connection, "close_pool"):
                connection.close_pool()
        django_db_blocker.restore()
        engine.terminate()
        engine.wait(60)
        server.stop()


def _wait_for_port(port: int, seconds: float = 60) -> None:
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


@pytest.fixture
def tenant(databases):
    """A tenant of this test alone. All tests come from one address, so what it tried before is forgotten."""
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.throttle.models import Throttled

    Throttled.objects.all().delete()
    return create_tenant(name=f"测试企业 {next(_numbers)}")


@pytest.fixture
def actor(tenant):
    """Cove itself in the test's tenant, which is bound while the test runs."""
    from cove.kernel.actor import Actor
    from cove.kernel.scope import tenant_scope

    with tenant_scope(tenant.id):
        yield Actor.system(tenant.id)


@pytest.fixture
def administrator(actor):
    """A member who may do everything, with the password `harbour-light-42`; `.actor` is he as an actor."""
    from cove.directory.org.commands.tenants import create_administrator

    return create_administrator(
        actor, name="管理员", email=f"admin{actor.tenant_id}@cove.test", password="harbour-light-42"
    )


@pytest.fixture
def browser_client(administrator):
    """A Django test client signed in as the administrator, through the front door."""
    from django.test import Client

    # An address of its own, too: sign-ins from one are limited, and there are more tests than that.
    address = f"10.77.{administrator.tenant_id // 250 % 250}.{administrator.tenant_id % 250 + 1}"
    client = Client(enforce_csrf_checks=False, headers={"accept-language": "en"}, REMOTE_ADDR=address)
    answer = client.post(
        "/api/session",
        {"email": administrator.email, "password": "harbour-light-42"},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    return client


@pytest.fixture
def drain():
    """Let every consumer digest what is in the log."""
    from cove.kernel.log.consume import drain

    return drain
