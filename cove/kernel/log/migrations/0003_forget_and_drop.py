from django.db import migrations

# The owner's rights, for exactly this and only in the tenant that is bound: the application itself may only append.
LAY = """
CREATE FUNCTION log_forget(facts jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE changed bigint;
BEGIN
    UPDATE log_fact f SET contact_id = NULL, visitor_id = r.visitor, payload = r.payload
    FROM jsonb_to_recordset(facts) AS r(place bigint, visitor bigint, payload jsonb)
    WHERE f.position = r.place AND f.tenant_id = NULLIF(current_setting('cove.tenant_id', true), '')::bigint;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END $$;
CREATE FUNCTION log_drop(places bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint; at_xid xid8; at_position bigint;
BEGIN
    SELECT c.xid, c.position INTO at_xid, at_position FROM log_cursor c ORDER BY c.xid, c.position LIMIT 1;
    DELETE FROM log_fact f
    WHERE f.position = ANY(places) AND (f.xid, f.position) <= (at_xid, at_position)
      AND f.tenant_id = NULLIF(current_setting('cove.tenant_id', true), '')::bigint;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION log_forget(jsonb), log_drop(bigint[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("log", "0002_alter_setaside_managers_alter_setaside_id_and_more")]
    operations = [migrations.RunSQL(LAY, "DROP FUNCTION log_forget(jsonb), log_drop(bigint[])")]
