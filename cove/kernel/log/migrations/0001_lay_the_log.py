from django.db import migrations, models

LAY = """
CREATE TABLE log_fact (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    tenant_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    contact_id bigint,
    visitor_id bigint,
    member_id bigint,
    source text NOT NULL DEFAULT '',
    chain jsonb NOT NULL DEFAULT '[]',
    payload jsonb NOT NULL
);
CREATE INDEX log_fact_order ON log_fact (xid, position);
CREATE TABLE log_seen (
    tenant_id bigint NOT NULL,
    key text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, key)
);
CREATE INDEX log_seen_age ON log_seen (at);
CREATE TABLE log_cursor (
    consumer text PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT '0',
    position bigint NOT NULL DEFAULT 0,
    planned_xid xid8,
    planned_position bigint,
    handled bigint NOT NULL DEFAULT 0,
    moved_at timestamptz NOT NULL DEFAULT now()
);
"""


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL(LAY, "DROP TABLE log_fact, log_seen, log_cursor"),
        migrations.CreateModel(
            "SetAside",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tenant_id", models.BigIntegerField(editable=False)),
                ("consumer", models.TextField()),
                ("position", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("envelope", models.JSONField()),
                ("error", models.TextField()),
                ("tries", models.IntegerField(default=1)),
                ("failed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "log_set_aside",
                "constraints": [models.UniqueConstraint(fields=["consumer", "position"], name="log_set_aside_once")],
                "indexes": [models.Index(fields=["tenant_id", "-failed_at"], name="log_set_aside_newest")],
                "default_manager_name": "unsealed",
                "base_manager_name": "unsealed",
            },
        ),
    ]
