"""PostgreSQL for Django, with each connection told for which tenant it speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base as postgresql
from psycopg.pq import TransactionStatus

from cove.kernel.scope import bound_tenant

_UNKNOWN = object()


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Sets ``cove.tenant_id`` before the first statement for a tenant.

    Row-level security compares it with each row. A rollback takes a setting back, so what was told is forgotten with it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: object = _UNKNOWN
        self.execute_wrappers.append(self._tell_tenant)

    def _tell_tenant(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's signature
        wanted = bound_tenant()
        if self._told != wanted and self.connection is not None and not self._aborted():
            self.connection.execute(
                "SELECT set_config('cove.tenant_id', %s, false)", ["" if wanted is None else str(wanted)]
            )
            self._told = wanted
        return execute(sql, params, many, context)

    def _aborted(self) -> bool:
        # After an error PostgreSQL takes nothing but the rollback (which goes through here when it is to a savepoint).
        return bool(self.connection.info.transaction_status == TransactionStatus.INERROR)

    def init_connection_state(self) -> None:
        """Forget what an earlier user of the pooled connection told."""
        self._told = _UNKNOWN
        super().init_connection_state()

    def _rollback(self) -> None:
        self._told = _UNKNOWN
        super()._rollback()  # type: ignore[misc]  # Django's stubs leave it out

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # same
        self._told = _UNKNOWN

    def close(self) -> None:
        """Forget what was told."""
        self._told = _UNKNOWN
        super().close()
