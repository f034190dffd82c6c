"""Which tenant the running code works for. No tenant, no data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

from django.db import connection, models, transaction

if TYPE_CHECKING:
    from cove.kernel.records import Record

_tenant: ContextVar[int | None] = ContextVar("cove_tenant", default=None)


class NoTenantBound(RuntimeError):
    """Tenant data was asked for while no tenant was bound: a programming error, never shown as data of somebody else."""


def bound_tenant() -> int | None:
    """Return the tenant bound here, or None."""
    return _tenant.get()


def require_tenant() -> int:
    """Return the tenant bound here; raise NoTenantBound if there is none."""
    tenant_id = _tenant.get()
    if tenant_id is None:
        raise NoTenantBound("bind a tenant with tenant_scope() before touching its rows")
    return tenant_id


@contextmanager
def tenant_scope(tenant_id: int | None) -> Iterator[None]:
    """Work for `tenant_id` inside the block; the database is told with the next statement."""
    token = _tenant.set(tenant_id)
    try:
        yield
    finally:
        _tenant.reset(token)


def bind_tenant(tenant_id: int) -> None:
    """Work for `tenant_id` until the enclosing `tenant_scope` ends: for doors that learn the tenant midway through a request."""
    _tenant.set(tenant_id)


@contextmanager
def every_tenant(reason: str) -> Iterator[None]:
    """Look across tenants, in one transaction, as the steward role: it may see only the few tables whose models say so.

    `reason` is for the reader of the code; a test keeps the list of reasons. `unsealed` managers must be used inside.
    """
    if not reason:
        raise ValueError("say why every tenant must be seen")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE cove_steward")
        yield
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class TenantManager(models.Manager[Row_co]):
    """Gives only rows of the bound tenant, and raises when none is bound."""

    def get_queryset(self) -> models.QuerySet[Row_co]:
        """Start every query at the bound tenant."""
        return super().get_queryset().filter(tenant_id=require_tenant())


def _bound_or_raise() -> int:
    return require_tenant()


class TenantModel(models.Model):
    """A row that belongs to one tenant. `unsealed` is for Django's own walks (relations, deletion) and for `every_tenant`.

    `steward` names what the steward role may do with the rows of all tenants: nothing, ``select`` or ``all``; `application` what
    the application's own role may do with those of the bound one: ``all``, ``append`` (no changes) or ``read``.

    Every change of a row is in the audit log, unless `unaudited` says why not: for tables that only the machine looks at.
    Columns in `never_audited` are named there when they change, without their values; so is every `SecretField`.
    `shown_as` says what rows and columns are called there.
    """

    steward = ""
    application: Literal["all", "append", "read"] = "all"
    unaudited: ClassVar[str] = ""
    never_audited: ClassVar[tuple[str, ...]] = ()
    shown_as: ClassVar[Record | None] = None

    tenant_id = models.BigIntegerField(default=_bound_or_raise, editable=False)

    unsealed = models.Manager()
    objects = TenantManager()

    class Meta:
        abstract = True
        default_manager_name = "unsealed"
        base_manager_name = "unsealed"
