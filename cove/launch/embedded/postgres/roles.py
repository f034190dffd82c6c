"""The roles and the database that the application expects."""

from importlib.resources import files

import psycopg
from psycopg import sql

HERE = files(__package__)


def prepare_roles(superuser_url: str) -> None:
    """Make or mend the three roles of roles.sql."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute((HERE / "roles.sql").read_bytes())


def prepare_database(superuser_url: str, name: str) -> None:
    """Make the database `name` if it is missing, owned by cove_owner, and grant what database.sql says.

    `superuser_url` names any database of the server; the roles must exist.
    """
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            # TEMPLATE template0 with C.UTF-8 gives the same order of texts on every machine.
            create = sql.SQL("CREATE DATABASE {} OWNER cove_owner ENCODING 'UTF8' TEMPLATE template0")
            connection.execute(create.format(sql.Identifier(name)))
        private = sql.SQL("REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE {0} TO cove_app")
        connection.execute(private.format(sql.Identifier(name)))
    with psycopg.connect(superuser_url, dbname=name, autocommit=True) as connection:
        connection.execute((HERE / "database.sql").read_bytes())
