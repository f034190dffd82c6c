"""The audit log's functions inside PostgreSQL. They belong to the owner of the tables, so that the application cannot do without them."""

from __future__ import annotations

ROWS_A_STATEMENT = 1_000
"""A statement that changes more rows than this is summed up in one change."""
ROWS_AN_ENTRY = 5_000
"""So is each further statement once an entry has this many."""
SHORTEST_KEEPING_DAYS = 180
"""No entry is dropped before it is so old (Cybersecurity Law of the PRC, article 21: six months)."""

_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS"

_HAS_ROOM = f"""
CREATE OR REPLACE FUNCTION audit_has_room(entry text, wanted bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    said text[] := string_to_array(current_setting('cove.audit_rows', true), ':');
    kept bigint := CASE WHEN said[1] = entry THEN said[2]::bigint ELSE 0 END;
BEGIN
    IF wanted > {ROWS_A_STATEMENT} OR kept + wanted > {ROWS_AN_ENTRY} THEN
        RETURN false;
    END IF;
    PERFORM set_config('cove.audit_rows', entry || ':' || kept + wanted, true);
    RETURN true;
END $$
"""

_DECLARE = """
DECLARE
    entry text := current_setting('cove.audit_entry', true);
    tenant bigint := NULLIF(current_setting('cove.tenant_id', true), '')::bigint;
    person text := TG_ARGV[1];
    hidden text[] := TG_ARGV[2]::text[];
    touched bigint;
BEGIN
    IF tenant IS NULL OR COALESCE(entry, '') = '' THEN
        RETURN NULL;
    END IF;
"""

_INTO = "INSERT INTO audit_change (tenant_id, entry_id, kind, op, rows, forgotten, "

_DIFFERENCE = """
        SELECT jsonb_object_agg(was.key, was.value) FILTER (WHERE was.key <> ALL (hidden)) AS before,
               jsonb_object_agg(was.key, now.value) FILTER (WHERE was.key <> ALL (hidden)) AS after,
               array_agg(was.key) FILTER (WHERE was.key = ANY (hidden)) AS concealed
        FROM jsonb_each(o.row) was JOIN jsonb_each(n.row) now ON was.key = now.key
        WHERE was.value IS DISTINCT FROM now.value
"""


def _one_sided(verb: str, rows: str, side: str) -> str:
    """Return the function for rows that appear or vanish: what they are is kept, empty columns left out."""
    return f"""
CREATE OR REPLACE FUNCTION audit_note_{verb}() RETURNS trigger {_HEAD} $$
{_DECLARE}
    SELECT count(*) INTO touched FROM {rows};
    IF touched = 0 THEN
        RETURN NULL;
    END IF;
    IF audit_has_room(entry, touched) THEN
        {_INTO} row_id, contact_id, {side}, concealed)
        SELECT tenant, entry::bigint, TG_TABLE_NAME, '{verb}', 1, false,
               (r.row ->> TG_ARGV[0])::bigint, (r.row ->> NULLIF(person, ''))::bigint,
               jsonb_strip_nulls(r.row - hidden - 'tenant_id'),
               ARRAY(SELECT jsonb_object_keys(jsonb_strip_nulls(r.row)) INTERSECT SELECT unnest(hidden))
        FROM (SELECT to_jsonb(x) AS row FROM {rows} x) r;
    ELSE
        {_INTO} sample)
        SELECT tenant, entry::bigint, TG_TABLE_NAME, '{verb}', touched, false,
               ARRAY(SELECT (to_jsonb(x) ->> TG_ARGV[0])::bigint FROM {rows} x LIMIT 20);
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608 -- built of the constants above


_UPDATE = f"""
CREATE OR REPLACE FUNCTION audit_note_update() RETURNS trigger {_HEAD} $$
{_DECLARE}
    SELECT count(*) INTO touched FROM new_rows;
    IF touched = 0 THEN
        RETURN NULL;
    END IF;
    IF audit_has_room(entry, touched) THEN
        {_INTO} row_id, contact_id, before, after, concealed)
        SELECT tenant, entry::bigint, TG_TABLE_NAME, 'update', 1, false,
               (n.row ->> TG_ARGV[0])::bigint,
               COALESCE(n.row ->> NULLIF(person, ''), o.row ->> NULLIF(person, ''))::bigint, d.before, d.after, d.concealed
        FROM (SELECT to_jsonb(x) AS row FROM old_rows x) o
        JOIN (SELECT to_jsonb(x) AS row FROM new_rows x) n ON n.row -> TG_ARGV[0] = o.row -> TG_ARGV[0]
        CROSS JOIN LATERAL ({_DIFFERENCE}) d
        WHERE d.before IS NOT NULL OR d.concealed IS NOT NULL;
    ELSE
        {_INTO} sample, columns)
        SELECT tenant, entry::bigint, TG_TABLE_NAME, 'update', touched, false,
               array_agg((n.row ->> TG_ARGV[0])::bigint),
               ARRAY(SELECT DISTINCT jsonb_object_keys(changed) FROM unnest(array_agg(d.after)) AS changed)
        FROM (SELECT to_jsonb(x) AS row FROM old_rows x LIMIT 20) o
        JOIN (SELECT to_jsonb(x) AS row FROM new_rows x LIMIT 20) n ON n.row -> TG_ARGV[0] = o.row -> TG_ARGV[0]
        CROSS JOIN LATERAL ({_DIFFERENCE}) d;
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608 -- built of the constants above

_WRITE_OWN = """
    INSERT INTO audit_entry SELECT (jsonb_populate_record(NULL::audit_entry, said || jsonb_build_object(
        'id', nextval('audit_entry_id_seq'), 'tenant_id', tenant, 'at', clock_timestamp(), 'deed', deed, 'outcome', 'done',
        'details', details))).*;
"""

_NOTE_OWN = f"""
CREATE OR REPLACE FUNCTION audit_note_own(tenant bigint, said jsonb, deed text, details jsonb) RETURNS void {_HEAD} $$
BEGIN
    IF tenant IS DISTINCT FROM NULLIF(current_setting('cove.tenant_id', true), '')::bigint THEN
        RAISE EXCEPTION 'the audit log of another tenant';
    END IF;
{_WRITE_OWN}
END $$
"""

_EXPIRE = f"""
CREATE OR REPLACE FUNCTION audit_expire(tenant bigint, before timestamptz, at_most integer, said jsonb) RETURNS bigint {_HEAD} $$
DECLARE
    last timestamptz := LEAST(before, now() - interval '{SHORTEST_KEEPING_DAYS} days');
    gone bigint[];
BEGIN
    WITH old AS (SELECT id FROM audit_entry WHERE tenant_id = tenant AND at < last ORDER BY at, id LIMIT at_most),
    dropped AS (DELETE FROM audit_entry e USING old WHERE e.id = old.id RETURNING e.id)
    SELECT array_agg(id) INTO gone FROM dropped;
    IF gone IS NULL THEN
        RETURN 0;
    END IF;
    DELETE FROM audit_change WHERE tenant_id = tenant AND entry_id = ANY (gone);
    PERFORM audit_note_own(tenant, said, 'audit.expired',
        jsonb_build_object('count', cardinality(gone), 'before', last));
    RETURN cardinality(gone);
END $$
"""  # noqa: S608 -- built of the constants above

_FORGET = f"""
CREATE OR REPLACE FUNCTION audit_forget_person(tenant bigint, person bigint, said jsonb) RETURNS bigint {_HEAD} $$
DECLARE
    blanked bigint;
BEGIN
    UPDATE audit_change c SET forgotten = true, concealed = NULL,
        before = (SELECT jsonb_object_agg(key, NULL::text) FROM jsonb_object_keys(c.before) key),
        after = (SELECT jsonb_object_agg(key, NULL::text) FROM jsonb_object_keys(c.after) key)
    -- A row may have been his before it said so: what was noted of it then is his as well.
    WHERE c.tenant_id = tenant AND NOT c.forgotten AND (c.contact_id = person OR c.contact_id IS NULL AND EXISTS (
        SELECT FROM audit_change his WHERE his.tenant_id = tenant AND his.contact_id = person
        AND his.kind = c.kind AND his.row_id = c.row_id));
    GET DIAGNOSTICS blanked = ROW_COUNT;
    PERFORM audit_note_own(tenant, said, 'audit.forgotten', jsonb_build_object('count', blanked, 'contact_id', person));
    RETURN blanked;
END $$
"""  # noqa: S608 -- built of the constants above

FUNCTIONS = (
    _HAS_ROOM,
    _one_sided("insert", "new_rows", "after"),
    _UPDATE,
    _one_sided("delete", "old_rows", "before"),
    _NOTE_OWN,
    _EXPIRE,
    _FORGET,
)
