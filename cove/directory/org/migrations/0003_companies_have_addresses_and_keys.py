import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import cove.kernel.scope


def give_addresses(apps, schema_editor):
    Tenant = apps.get_model("org", "Tenant")
    for row in Tenant.objects.using(schema_editor.connection.alias).all():
        row.slug = f"company-{row.id}"
        row.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("org", "0002_roles_hold_rights_with_scopes")]

    operations = [
        migrations.AddField("tenant", "slug", models.TextField(null=True)),
        migrations.AddField("tenant", "suspended_at", models.DateTimeField(null=True)),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AlterField("tenant", "slug", models.TextField(unique=True)),
        migrations.AddField("member", "installation_owner", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tenant_id",
                    models.BigIntegerField(default=cove.kernel.scope._bound_or_raise, editable=False),
                ),
                ("name", models.TextField()),
                ("key_hash", models.TextField(unique=True)),
                ("hint", models.TextField()),
                ("rights", models.JSONField(default=dict)),
                (
                    "revealed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.member"
                    ),
                ),
            ],
            options={
                "db_table": "org_api_key",
                "abstract": False,
                "base_manager_name": "unsealed",
                "default_manager_name": "unsealed",
                "indexes": [models.Index(fields=["tenant_id", "member"], name="org_api_key_of_member")],
            },
            managers=[("unsealed", django.db.models.manager.Manager())],
        ),
    ]
