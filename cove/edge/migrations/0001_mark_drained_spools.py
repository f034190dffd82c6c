from django.db import migrations

LAY = """
CREATE TABLE spool_cursor (
    spool text PRIMARY KEY,
    segment bigint NOT NULL DEFAULT 0,
    "offset" bigint NOT NULL DEFAULT 0,
    moved_at timestamptz NOT NULL DEFAULT now()
);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("log", "0002_alter_setaside_managers_alter_setaside_id_and_more")]
    operations = [migrations.RunSQL(LAY, "DROP TABLE spool_cursor")]
