from django.db import migrations

# Nearly always no key of a chunk was seen before, and then a plain INSERT is enough: ON CONFLICT looks each key up, writes it
# provisionally and confirms it with a second record. Only where one is known, all are tried again that way.
LAY = """
CREATE FUNCTION log_remember_keys(tenant bigint, keys uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log_seen (tenant_id, key) SELECT tenant, one FROM unnest(keys) AS one;
EXCEPTION WHEN unique_violation THEN
    RETURN QUERY
        WITH fresh AS (
            INSERT INTO log_seen AS s (tenant_id, key) SELECT tenant, one FROM unnest(keys) AS one
            ON CONFLICT DO NOTHING RETURNING s.key
        )
        SELECT one FROM unnest(keys) AS one EXCEPT SELECT fresh.key FROM fresh;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("log", "0005_age_of_facts")]
    operations = [migrations.RunSQL(LAY, "DROP FUNCTION log_remember_keys(bigint, uuid[])")]
