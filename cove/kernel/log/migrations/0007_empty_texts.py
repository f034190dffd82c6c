from django.db import migrations

# The owner's rights, for exactly this and only in the tenant that is bound: a text that somebody took back.
LAY = """
CREATE FUNCTION log_empty_text(place bigint, field text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE log_fact f SET payload = jsonb_set(f.payload, ARRAY[field], '""')
    WHERE f.position = place AND f.tenant_id = NULLIF(current_setting('cove.tenant_id', true), '')::bigint
      AND jsonb_typeof(f.payload->field) = 'string' AND f.payload->>field <> '';
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION log_empty_text(bigint, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("log", "0006_remember_keys")]
    operations = [migrations.RunSQL(LAY, "DROP FUNCTION log_empty_text(bigint, text)")]
