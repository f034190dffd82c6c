"""PostgreSQL for Django, with each connection told for which tenant it speaks and to which audit entry its changes belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base as postgresql
from psycopg.pq import TransactionStatus

from cove.kernel.audit.entries import INSERT_ENTRIES, Entry, insert_parameters, open_entry
from cove.kernel.scope import bound_tenant

_UNKNOWN = object()
_WRITING = ("INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "COPY")
_TELL_TENANT = "SELECT set_config('cove.tenant_id', %s, false)"
# Local: the setting ends with the transaction, so that nothing later is laid at this entry's door.
_TELL_ENTRY = "SELECT set_config('cove.audit_entry', COALESCE(%s, nextval('audit_entry_id_seq'))::text, true)"
_TELL_NO_ENTRY = "SELECT set_config('cove.audit_entry', '', true)"


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Sets ``cove.tenant_id`` before the first statement for a tenant, ``cove.audit_entry`` before the first that writes for an entry.

    Row-level security compares the one with each row, triggers put the other beside each change. A rollback takes a setting
    back, so what was told is forgotten with it. Entries wait here until the commit and go to the log in one statement.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: object = _UNKNOWN
        self._told_entry: object = None
        self._waiting: list[Entry] = []
        self._marks: dict[str, int] = {}
        self.execute_wrappers.append(self._tell)

    def _tell(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's signature
        if self.connection is not None and not self._aborted():
            wanted = bound_tenant()
            if self._told != wanted:
                self._tell_tenant(wanted)
            if self._told_entry is not open_entry() and _writes(sql):
                self._tell_entry(open_entry())
        return execute(sql, params, many, context)

    def _tell_tenant(self, wanted: int | None) -> None:
        self.connection.execute(_TELL_TENANT, ["" if wanted is None else str(wanted)])
        self._told = wanted

    def _tell_entry(self, entry: Entry | None) -> None:
        if entry is None:
            self.connection.execute(_TELL_NO_ENTRY)
        else:
            told = self.connection.execute(_TELL_ENTRY, [entry.id]).fetchone()
            entry.id = int(told[0])
        self._told_entry = entry

    def _aborted(self) -> bool:
        # After an error PostgreSQL takes nothing but the rollback (which goes through here when it is to a savepoint).
        return bool(self.connection.info.transaction_status == TransactionStatus.INERROR)

    def keep_entry(self, entry: Entry) -> None:
        """Write an audit entry with the current transaction; what undoes the changes undoes the entry."""
        self._waiting.append(entry)

    def init_connection_state(self) -> None:
        """Forget what an earlier user of the pooled connection told."""
        self._forget()
        super().init_connection_state()

    def _commit(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            with self.wrap_database_errors:
                for tenant_id, rows in insert_parameters(waiting):
                    self._tell_tenant(tenant_id)
                    self.connection.execute(INSERT_ENTRIES, [tenant_id, rows])
        self._told_entry = None
        self._marks.clear()
        super()._commit()  # type: ignore[misc]  # Django's stubs leave it out

    def _rollback(self) -> None:
        self._forget()
        super()._rollback()  # type: ignore[misc]  # same

    def _savepoint(self, sid: str) -> None:
        self._marks[sid] = len(self._waiting)
        super()._savepoint(sid)  # type: ignore[misc]  # same

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # same
        self._told = self._told_entry = _UNKNOWN
        del self._waiting[self._marks.get(sid, 0) :]

    def close(self) -> None:
        """Forget what was told."""
        self._forget()
        super().close()

    def _forget(self) -> None:
        self._told, self._told_entry = _UNKNOWN, None
        self._waiting.clear()
        self._marks.clear()


def _writes(sql: object) -> bool:
    return isinstance(sql, str) and sql.lstrip()[:6].upper().startswith(_WRITING)
