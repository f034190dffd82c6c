"""Is it alive, may it be used, what does it count."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from cove.kernel.clickhouse import client
from cove.kernel.errors import NotFound
from cove.kernel.http.doors import address


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process lives."""
    return JsonResponse({"ok": True})


def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when everything may be used, else 503 with what is missing."""
    parts = {
        "postgres": _postgres(),
        "clickhouse": _clickhouse(),
        "work": _work(),
        "launch": not settings.STARTING_MARK.exists(),
    }
    return JsonResponse({"ready": all(parts.values()), "parts": parts}, status=200 if all(parts.values()) else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Give this process's counters in Prometheus' text form, to whoever asks on this machine; to others there is nothing here."""
    if not ip_address(address(request) or "0.0.0.0").is_loopback:  # noqa: S104 -- nobody's address, not one to listen on
        raise NotFound
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _postgres() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM log_cursor")
    except DatabaseError:
        return False
    return True


def _work() -> bool:
    # A worker of procrastinate writes its heartbeat every ten seconds.
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds')"
            )
            row = cursor.fetchone()
    except DatabaseError:
        return False
    return bool(row and row[0])


def _clickhouse() -> bool:
    try:
        return bool(client.client().ping())
    except Exception:  # noqa: BLE001 -- whatever the driver raises, it is not ready
        return False
