"""The database always knows the tenant: after a rollback, after an error, after a change of scope."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from cove.directory.org.commands.tenants import create_tenant
from cove.directory.people.models import TagGroup
from cove.kernel.scope import tenant_scope


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('cove.tenant_id', true)")
        return cursor.fetchone()[0]


def taken_twice():
    TagGroup.objects.create(name="一")
    TagGroup.objects.create(name="一")


def test_an_error_inside_a_savepoint_is_undone_and_work_goes_on(actor):
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic():
            taken_twice()
        TagGroup.objects.create(name="二")
    assert list(TagGroup.objects.values_list("name", flat=True)) == ["二"]


def test_an_error_in_another_scope_than_the_savepoints(actor):
    other = create_tenant(name="别家")
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic(), tenant_scope(other.id):
            taken_twice()
        assert told() == str(actor.tenant_id)
        TagGroup.objects.create(name="一")


def test_a_rollback_takes_back_what_was_told(actor):
    with transaction.atomic():
        assert told() == str(actor.tenant_id)
        transaction.set_rollback(True)
    assert told() == str(actor.tenant_id)
