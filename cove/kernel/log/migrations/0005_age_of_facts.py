import cove.kernel.scope
import django.db.models.manager
from django.db import migrations, models

# Who has passed a fact is asked of those who read the log now: the cursor of a consumer that a later version does not have stands still for ever.
# One that has no cursor yet has passed nothing.
#
# The owner's rights, for exactly this: old facts of the bound tenant, in a stretch of positions, which come in the order of recording. No
# index on the time is needed: where what is old ends is found by halving. `upto` is how far everything that is due has gone.
LAY = """
DROP FUNCTION log_drop(bigint[]);
CREATE FUNCTION log_passed(readers text[], OUT at_xid xid8, OUT at_position bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT COALESCE(c.xid, '0'), COALESCE(c.position, 0) FROM unnest(readers) AS r LEFT JOIN log_cursor c ON c.consumer = r
    ORDER BY 1, 2 LIMIT 1
$$;
CREATE FUNCTION log_drop(places bigint[], readers text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint; passed record;
BEGIN
    SELECT * INTO passed FROM log_passed(readers);
    DELETE FROM log_fact f
    WHERE f.position = ANY(places) AND (f.xid, f.position) <= (passed.at_xid, passed.at_position)
      AND f.tenant_id = NULLIF(current_setting('cove.tenant_id', true), '')::bigint;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
CREATE FUNCTION log_drop_aged(
    kinds text[], before timestamptz, after bigint, span integer, readers text[],
    OUT upto bigint, OUT gone bigint, OUT more boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine bigint := NULLIF(current_setting('cove.tenant_id', true), '')::bigint;
    last_day timestamptz := LEAST(before, now() - interval '7 days');
    low bigint; high bigint; middle bigint; held bigint; recorded timestamptz; passed record;
BEGIN
    upto := after; gone := 0; more := false;
    SELECT f.position INTO low FROM log_fact f WHERE f.position > after ORDER BY f.position LIMIT 1;
    SELECT f.position + 1 INTO high FROM log_fact f ORDER BY f.position DESC LIMIT 1;
    IF low IS NULL THEN RETURN; END IF;
    after := low - 1;
    WHILE low < high LOOP
        middle := low + (high - low) / 2;
        SELECT f.recorded_at INTO recorded FROM log_fact f WHERE f.position >= middle ORDER BY f.position LIMIT 1;
        IF recorded < last_day - interval '1 hour' THEN low := middle + 1; ELSE high := middle; END IF;
    END LOOP;
    IF low - 1 <= after THEN RETURN; END IF;
    upto := LEAST(after + span, low - 1);
    more := upto < low - 1;
    SELECT * INTO passed FROM log_passed(readers);
    DELETE FROM log_fact f
    WHERE f.position > after AND f.position <= upto AND f.tenant_id = mine AND f.kind = ANY(kinds) AND f.at < last_day
      AND (f.xid, f.position) <= (passed.at_xid, passed.at_position);
    GET DIAGNOSTICS gone = ROW_COUNT;
    SELECT min(f.position) INTO held FROM log_fact f
    WHERE f.position > after AND f.position <= upto AND f.tenant_id = mine AND f.kind = ANY(kinds) AND f.at < last_day;
    IF held IS NOT NULL THEN upto := held - 1; more := false; END IF;
END $$;
REVOKE ALL ON FUNCTION log_passed(text[]), log_drop(bigint[], text[]), log_drop_aged(text[], timestamptz, bigint, integer, text[]) FROM PUBLIC;
"""

BACK = """
DROP FUNCTION log_drop_aged(text[], timestamptz, bigint, integer, text[]), log_drop(bigint[], text[]), log_passed(text[]);
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
REVOKE ALL ON FUNCTION log_drop(bigint[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("log", "0004_cheap_keys")]
    operations = [
        migrations.RunSQL(LAY, BACK),
        migrations.CreateModel(
            name="Aged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tenant_id", models.BigIntegerField(default=cove.kernel.scope._bound_or_raise, editable=False)),
                ("rule", models.TextField()),
                ("kinds", models.TextField()),
                ("position", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "log_aged",
                "abstract": False,
                "base_manager_name": "unsealed",
                "default_manager_name": "unsealed",
                "constraints": [models.UniqueConstraint(fields=("tenant_id", "rule"), name="log_aged_once")],
            },
            managers=[("unsealed", django.db.models.manager.Manager())],
        ),
    ]
