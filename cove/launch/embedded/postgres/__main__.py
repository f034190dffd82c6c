"""The part `postgres`: runs the server until a signal or its end."""

import logging
import sys

from cove.launch.embedded.postgres.account import AccountError
from cove.launch.embedded.postgres.server import PostgresError, PostgresServer
from cove.launch.env import BadVariableError, environment
from cove.launch.processes import FolderTakenError, exit_on_signals, ignore_signals


def run() -> int:
    """Run the server in the foreground and return its exit code."""
    logging.basicConfig(level=environment().log_level, format="%(message)s")
    exit_on_signals()
    server = PostgresServer(environment())
    try:
        server.start()
        return server.wait()
    finally:
        ignore_signals()
        server.stop()


if __name__ == "__main__":
    try:
        sys.exit(run())
    except (AccountError, BadVariableError, FolderTakenError, PostgresError) as error:
        sys.exit(str(error))
