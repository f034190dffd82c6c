import cove.kernel.scope
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


def carry_over(apps, schema_editor):
    alias = schema_editor.connection.alias
    Member, Membership = apps.get_model("org", "Member"), apps.get_model("org", "Membership")
    Member.unsealed.using(alias).filter(active=False, wecom_userid__isnull=False).update(left_directory=True)
    first = Membership.unsealed.using(alias).values("member_id").annotate(first=models.Min("id")).values("first")
    Membership.unsealed.using(alias).filter(id__in=first).update(main=True)


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0004_keep_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tenant_id', models.BigIntegerField(default=cove.kernel.scope._bound_or_raise, editable=False)),
                ('file_name', models.TextField()),
                ('state', models.TextField(choices=[('checked', 'Checked'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='checked')),
                ('create_departments', models.BooleanField(default=True)),
                ('rows', models.JSONField(default=list)),
                ('faults', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('job_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'org_member_import',
                'abstract': False,
                'base_manager_name': 'unsealed',
                'default_manager_name': 'unsealed',
            },
            managers=[
                ('unsealed', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='department',
            name='position',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='member',
            name='directory_email',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='member',
            name='job_title',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='member',
            name='left_directory',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='member',
            name='phone',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='membership',
            name='leads',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='membership',
            name='main',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['tenant_id', 'name', 'id'], name='org_member_by_name'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['tenant_id', 'phone'], name='org_member_by_phone'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('main', True)), fields=('member',), name='org_membership_one_main'),
        ),
        migrations.AddField(
            model_name='memberimport',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='org.member'),
        ),
        migrations.AddIndex(
            model_name='memberimport',
            index=models.Index(fields=['tenant_id', '-id'], name='org_member_import_newest'),
        ),
    ]
