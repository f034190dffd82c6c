-- What the roles may do inside one database of Cove. May be run again at any time, by a superuser.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO cove_app, cove_steward;
ALTER DEFAULT PRIVILEGES FOR ROLE cove_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cove_app;
ALTER DEFAULT PRIVILEGES FOR ROLE cove_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO cove_app;
