"""The edge behind a real socket, for tests that are not async."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from cove.edge.hot import edge_only
from cove.edge.protocol import EdgeProtocol
from tests.ports import free_port


@contextmanager
def serving_edge() -> Iterator[str]:
    """Serve the edge alone in a thread; give its address."""
    port = free_port()
    config = uvicorn.Config(
        edge_only,
        host="127.0.0.1",
        port=port,
        http=EdgeProtocol,
        log_level="warning",
        lifespan="on",
        ws="none",
        access_log=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 60
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(60)
