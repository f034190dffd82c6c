from django.db import migrations

# Keys are the first half of the SHA-256 of what was a text (`kernel.log.seen.key_of`): sixteen bytes that compare as numbers.
# Rows come in the order of their time, so a block-range index finds the old ones at nearly no cost for each new one.
LAY = """
DROP INDEX log_seen_age;
ALTER TABLE log_seen ALTER COLUMN key TYPE uuid
    USING encode(substring(sha256(convert_to(key, 'UTF8')) FROM 1 FOR 16), 'hex')::uuid;
CREATE INDEX log_seen_age ON log_seen USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
CREATE FUNCTION log_forget_keys(before timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
    DELETE FROM log_seen WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM log_seen WHERE at < LEAST(before, now() - interval '7 days') LIMIT most));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION log_forget_keys(timestamptz, integer) FROM PUBLIC;
"""

BACK = """
DROP FUNCTION log_forget_keys(timestamptz, integer);
DROP INDEX log_seen_age;
ALTER TABLE log_seen ALTER COLUMN key TYPE text USING key::text;
CREATE INDEX log_seen_age ON log_seen (at);
"""


class Migration(migrations.Migration):
    dependencies = [("log", "0003_forget_and_drop")]
    operations = [migrations.RunSQL(LAY, BACK)]
