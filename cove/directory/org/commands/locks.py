from __future__ import annotations

from django.db import connection


def lock_organisation(tenant_id: int) -> None:
    """Let one transaction at a time change the shape of a tenant's organisation: two moves at once could close a circle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('org.shape', %s))", [tenant_id])
