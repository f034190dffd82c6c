from django.db import migrations, models

HOLD = """
WITH ends AS (
    SELECT contact_id, bool_or(until IS NULL) AS followed, max(until) AS last FROM people_ownership GROUP BY contact_id
)
UPDATE people_ownership o SET held = false
FROM ends WHERE o.contact_id = ends.contact_id AND o.until IS NOT NULL AND (ends.followed OR o.until < ends.last)
"""


class Migration(migrations.Migration):
    # PostgreSQL builds no index in the transaction of an update of the same rows.
    atomic = False
    dependencies = [("people", "0002_find_followed")]

    operations = [
        migrations.AddField("ownership", "held", models.BooleanField(default=True)),
        migrations.RunSQL(HOLD, migrations.RunSQL.noop),
        migrations.AddIndex(
            "ownership",
            models.Index(fields=["member", "contact"], condition=models.Q(held=True), name="people_ownership_held"),
        ),
        migrations.AddIndex(
            "ownership",
            models.Index(fields=["contact", "member"], condition=models.Q(held=True), name="people_ownership_holders"),
        ),
    ]
