-- The roles of Cove. May be run again at any time, by a superuser, at any PostgreSQL from 15 on.
-- cove_owner owns the tables and runs the migrations.
-- cove_app is the application: it owns nothing and cannot pass row-level security.
-- cove_steward sees all tenants on a few tables by policies of their own; cove_app enters it by
-- SET LOCAL ROLE for a named reason and inherits nothing from it otherwise.
DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cove_owner') THEN
        CREATE ROLE cove_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cove_app') THEN
        CREATE ROLE cove_app LOGIN NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cove_steward') THEN
        CREATE ROLE cove_steward NOLOGIN;
    END IF;
END
$roles$;
ALTER ROLE cove_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE cove_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE cove_steward NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
GRANT cove_steward TO cove_app;
