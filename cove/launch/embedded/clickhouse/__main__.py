"""The part `clickhouse`: the engine and its HTTP interface until a signal."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

import uvicorn

from cove.launch.env import BadVariableError, Environment, environment
from cove.launch.processes import (
    FolderTakenError,
    PortTakenError,
    check_port_free,
    exit_on_signals,
    hold_folder,
)

HOST = "127.0.0.1"
MEMORY_SHARE_OF_A_QUERY = 4
"""A query may take a quarter of the machine's memory; sorting and grouping go to disk at half of that."""
LONGEST_QUERY = 120
"""Seconds, unless a query says otherwise."""


def default_settings() -> dict[str, str]:
    """Give the settings of a query that does not bring its own."""
    memory = memory_of_machine() // MEMORY_SHARE_OF_A_QUERY
    return {
        "max_memory_usage": str(memory),
        "max_bytes_before_external_group_by": str(memory // 2),
        "max_bytes_before_external_sort": str(memory // 2),
        "max_execution_time": str(LONGEST_QUERY),
        "date_time_input_format": "best_effort",
    }


def memory_of_machine() -> int:
    """Give the bytes that this process may count on: the machine's, or its container's limit (cgroup v2)."""
    installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = Path("/sys/fs/cgroup/memory.max")
    text = limit.read_text(encoding="ascii").strip() if limit.exists() else "max"
    return min(installed, int(text)) if text.isdigit() else installed


def run(environment: Environment) -> None:
    """Serve until SIGTERM. Raises `FolderTakenError` or `PortTakenError`."""
    check_port_free(HOST, environment.clickhouse_port, "COVE_CLICKHOUSE_PORT")
    hold_folder(environment.data / "clickhouse.lock", "ClickHouse")
    # The engine takes its time zone from the process, and may be imported only after that.
    os.environ["TZ"] = "UTC"
    time.tzset()
    from cove.launch.embedded.clickhouse.application import Interface
    from cove.launch.embedded.clickhouse.engine import Engine

    interface = Interface(Engine(environment.data / "clickhouse", default_settings()), environment.clickhouse_password)
    try:
        uvicorn.run(
            interface,
            host=HOST,
            port=environment.clickhouse_port,
            lifespan="off",
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=10,
            server_header=False,
        )
    finally:
        interface.close()


if __name__ == "__main__":
    exit_on_signals()
    try:
        logging.basicConfig(level=environment().log_level, format="%(message)s")
        run(environment())
    except (BadVariableError, FolderTakenError, PortTakenError) as error:
        sys.exit(str(error))
