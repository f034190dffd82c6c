from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def carry_over(apps, schema_editor):
    Role = apps.get_model("org", "Role")
    for role in Role.unsealed.using(schema_editor.connection.alias).all():
        role.everything = role.name == "管理员"
        role.rights = dict.fromkeys(role.operations, "all")
        role.save(update_fields=["everything", "rights"])


class Migration(migrations.Migration):
    dependencies = [("org", "0001_tenants_and_members")]

    operations = [
        migrations.AddField("role", "description", models.TextField(default="")),
        migrations.AddField("role", "everything", models.BooleanField(default=False)),
        migrations.AddField("role", "rights", models.JSONField(default=dict)),
        migrations.AddField("role", "revealed", ArrayField(models.TextField(), default=list, size=None)),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField("role", "operations"),
        migrations.RemoveField("member", "roles"),
        migrations.AddField(
            "role",
            "members",
            models.ManyToManyField("org.member", related_name="roles", through="org.RoleGrant"),
        ),
    ]
