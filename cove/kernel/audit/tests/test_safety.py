"""What the database itself guards: nothing is changed or lost, no secret is kept, nobody sees another tenant's log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import Error, connection, connections, models

from cove.directory.org.commands.tenants import create_administrator
from cove.directory.people.commands.contacts import admit_contact, change_contact
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact
from cove.engine.channels.wecom.commands.channels import configure_channel
from cove.kernel import clock
from cove.kernel.audit.commands import OLD_ENTRIES, expire_audit, forget_person
from cove.kernel.audit.models import AuditChange, AuditEntry
from cove.kernel.audit.tests.log import changes, entries, rows
from cove.kernel.database.watch import is_watched, watch_tables, watched_tables
from cove.kernel.scope import TenantModel, tenant_scope
from cove.kernel.secrets import SecretField


@pytest.fixture
def contact(actor):
    found, _ = admit_contact(actor, identity=Identity("user", "a"), source="web", profile=Profile(name="王芳"))
    change_contact(actor, contact_id=found.id, changes={"phone": "13912345678"})
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET member_id = 1",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_change SET before = NULL",
        "DELETE FROM audit_change",
        "INSERT INTO audit_change (tenant_id, entry_id, kind, op, rows, forgotten) VALUES (1, 1, 'x', 'insert', 1, false)",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_update ON people_contact",
    ],
)
def test_the_application_cannot_change_the_log(actor, contact, statement):
    with pytest.raises(Error, match=r"permission denied|must be owner"), connection.cursor() as cursor:
        cursor.execute(statement)


TRIGGERS = """
SELECT relname, count(*) AS n FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE starts_with(tgname, 'audit_') GROUP BY relname
"""


def test_every_table_with_a_tenant_is_watched_or_says_why_not(databases):
    laid = {row["relname"]: row["n"] for row in rows(TRIGGERS)}
    assert laid == dict.fromkeys((table.table for table in watched_tables()), 3)
    silent = {model for model in apps.get_models() if issubclass(model, TenantModel) and not is_watched(model)}
    assert all(len(model.unaudited) > 10 for model in silent)


def test_keys_are_numbers(databases):
    odd = [
        model
        for model in apps.get_models()
        if is_watched(model) and not isinstance(model._meta.pk, models.IntegerField)
    ]
    assert odd == []


def test_a_new_module_is_watched_by_itself(actor):
    """A planted table: what `make module` writes has nothing about the log in it."""

    class Coupon(TenantModel):
        name = models.TextField()
        code = SecretField(default="")
        contact = models.ForeignKey("people.Contact", models.CASCADE, null=True, related_name="+", db_constraint=False)

        class Meta(TenantModel.Meta):
            abstract = False
            app_label = "audit"
            db_table = "audit_test_coupon"

    owner = connections["owner"]
    try:
        with owner.schema_editor() as editor:
            editor.create_model(Coupon)
        from cove.kernel.database.seal import seal_tables

        seal_tables()
        watch_tables()
        from cove.kernel.actor import Actor
        from cove.kernel.audit.deeds import COMMAND
        from cove.kernel.audit.entries import Entry, entering

        with entering(Entry(Actor.system(actor.tenant_id), COMMAND.key)):
            from django.db import transaction

            with transaction.atomic():
                made = Coupon.objects.create(name="春季", code="very-secret", contact_id=77)
        (change,) = rows("SELECT * FROM audit_change WHERE kind = 'audit_test_coupon'")
        assert (change["row_id"], change["contact_id"], change["concealed"]) == (made.id, 77, ["code"])
        assert "very-secret" not in str(change)
    finally:
        with owner.schema_editor() as editor:
            editor.delete_model(Coupon)
        del apps.all_models["audit"]["coupon"]
        apps.clear_cache()


def test_secrets_never_get_in(actor):
    create_administrator(actor, name="管", email="a@b.test", password="harbour-light-42")
    create_administrator(actor, name="管", email="a@b.test", password="another-light-43")
    configure_channel(
        actor,
        corp_id="ww1",
        agent_id="1",
        secret="s3cr3t-of-app",
        callback_token="tok3n",
        aes_key="k" * 43,
        base_url="",
    )
    found = [row for entry in entries(actor.tenant_id) for row in changes(entry)]
    kept = {f"{row['kind']}.{column}" for row in found for side in ("before", "after") for column in row[side] or ()}
    assert {"org_member.name", "wecom_channel.corp_id"} <= kept
    assert kept & {f"{table.table}.{column}" for table in watched_tables() for column in table.concealed} == set()
    told = {f"{row['kind']}.{column}" for row in found for column in row["concealed"] or ()}
    assert {"org_member.password", "wecom_channel.secret", "wecom_channel.aes_key"} <= told
    assert "argon2" not in str(found)


def test_what_looks_like_a_secret_is_declared_one(databases):
    concealed = {f"{table.table}.{column}" for table in watched_tables() for column in table.concealed}
    suspicious = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        if is_watched(model)
        for field in model._meta.concrete_fields
        if isinstance(field, SecretField)
        # When a secret was made is none.
        or (
            any(word in field.column for word in ("password", "secret", "hash", "token", "private"))
            and not isinstance(field, models.DateTimeField)
        )
    }
    assert suspicious <= concealed


def test_another_tenant_sees_nothing(actor, contact):
    from cove.directory.org.commands.tenants import create_tenant

    assert AuditEntry.objects.exists()
    with tenant_scope(create_tenant(name="另一家").id):
        assert AuditEntry.unsealed.count() == AuditChange.unsealed.count() == 0
    with tenant_scope(None):
        assert AuditEntry.unsealed.count() == AuditChange.unsealed.count() == 0


def test_an_erased_person_leaves_who_did_what_and_when(actor, contact):
    other, _ = admit_contact(actor, identity=Identity("user", "b"), source="web", profile=Profile(name="李雷"))
    change_contact(actor, contact_id=contact.id, changes={"phone": "13800000002"})
    kept = len(entries(actor.tenant_id))
    assert forget_person(actor, contact_id=contact.id) == 4
    assert "13912345678" not in str(list(AuditChange.objects.values()))
    assert "13800000002" not in str(list(AuditChange.objects.values()))
    change = AuditChange.objects.filter(contact_id=contact.id, op="update").last()
    assert (change.before, change.after, change.forgotten) == ({"phone": None}, {"phone": None}, True)
    assert AuditChange.objects.filter(contact_id=other.id, after__name="李雷", forgotten=False).exists()
    log = entries(actor.tenant_id)
    assert (len(log), log[-1]["deed"], log[-1]["record_id"]) == (kept + 1, "audit.forgotten", contact.id)


def _aged(actor, days):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (tenant_id, at, deed, command, operation, outcome, actor_kind, record_kind, door, address, agent,"
            " request_id, path, chain, \"inner\", details) VALUES (%s, %s, 'old', '', '', 'done', 'system', '', 'work', '', '', '', '',"
            " '[]', '{}', '{}')",
            [actor.tenant_id, clock.now() - timedelta(days=days)],
        )


def test_old_entries_go_but_none_that_is_younger_than_180_days(actor):
    for days in (179, 181, 400):
        _aged(actor, days)
    assert OLD_ENTRIES.count(actor, clock.now() - timedelta(days=365)) == 1
    assert OLD_ENTRIES.remove(actor, clock.now() - timedelta(days=365), 10) == 1
    assert AuditEntry.objects.filter(deed="old").count() == 2
    assert expire_audit(actor, before=clock.now(), at_most=10) == 1
    assert AuditEntry.objects.filter(deed="old").count() == 1
    assert AuditEntry.objects.filter(deed="audit.expired").count() == 2


def test_nobody_empties_the_log_of_another_tenant(actor, contact):
    from cove.directory.org.commands.tenants import create_tenant

    _aged(actor, 400)
    with tenant_scope(create_tenant(name="另一家").id), connection.cursor() as cursor:
        for call in ("audit_expire(%s, now(), 10, '{}')", "audit_forget_person(%s, 1, '{}')"):
            with pytest.raises(Error, match="another tenant"):
                cursor.execute(f"SELECT {call}", [actor.tenant_id])
    assert AuditEntry.objects.filter(deed="old").exists()


def test_bulk_loads_outside_of_commands_leave_nothing(actor):
    now = clock.now()
    Contact.objects.create(name="装载", created_at=now, last_seen_at=now)
    assert not AuditChange.objects.filter(after__name="装载").exists()
