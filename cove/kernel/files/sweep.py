"""What nobody needs any more: files whose time is over, and bytes that a crash left without a row."""

from __future__ import annotations

import time
from datetime import date, timedelta

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.files.models import StoredFile
from cove.kernel.files.storage import incoming_folder, storage
from cove.kernel.files.store import delete_file
from cove.kernel.scope import every_tenant, tenant_scope

_BATCH = 1_000
LEFT_BEHIND = timedelta(days=2)
"""Older than any write that may still be under way."""


def sweep_files() -> int:
    """Delete what has expired in every tenant, and what crashes left behind; return how many files with a row went."""
    swept = 0
    while found := _expired():
        for file_id, tenant_id in found:
            with tenant_scope(tenant_id):
                delete_file(Actor.system(tenant_id), file_id)
        swept += len(found)
    _sweep_unfinished()
    _sweep_strays()
    return swept


def _expired() -> list[tuple[int, int]]:
    with every_tenant("the sweep of files finds what has expired"):
        rows = StoredFile.unsealed.filter(expires_at__lte=clock.now()).order_by("id")
        return list(rows.values_list("id", "tenant_id")[:_BATCH])


def _sweep_unfinished() -> None:
    for path in incoming_folder().iterdir():
        # The disk's own clock dated the file.
        if path.stat().st_mtime < time.time() - LEFT_BEHIND.total_seconds():
            path.unlink(missing_ok=True)


def _sweep_strays() -> None:
    kept, before = storage(), (clock.now() - LEFT_BEHIND).date()
    for tenant in kept.listdir("")[0]:
        for day in kept.listdir(tenant)[0] if tenant.isdigit() else ():
            if _is_day_before(day, before):
                _sweep_day(int(tenant), f"{tenant}/{day}")


def _sweep_day(tenant_id: int, folder: str) -> None:
    kept = storage()
    lying = {f"{folder}/{name}" for name in kept.listdir(folder)[1]}
    with tenant_scope(tenant_id):
        known = set(StoredFile.objects.filter(key__startswith=f"{folder}/").values_list("key", flat=True))
    for key in lying - known:
        kept.delete(key)
    if not known:
        kept.delete(folder)


def _is_day_before(name: str, before: date) -> bool:
    try:
        return date.fromisoformat(name) < before
    except ValueError:
        return False
