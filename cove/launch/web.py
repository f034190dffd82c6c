"""The part `web`: one ASGI application under uvicorn."""

from __future__ import annotations

import sys
from types import FrameType

import uvicorn

from cove.kernel.live.hub import close_streams
from cove.launch.env import BadVariableError, environment
from cove.launch.processes import PortTakenError, check_port_free

STOP_WITHIN = 5
"""Seconds that open requests and live streams get at the end."""


class _Server(uvicorn.Server):
    """Tells live streams of the end: the server waits for open answers, and these would stay open."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop."""
        close_streams()
        super().handle_exit(sig, frame)


def run() -> None:
    """Serve until SIGTERM or SIGINT."""
    read = environment()
    check_port_free(read.host, read.port, "COVE_PORT")

    config = uvicorn.Config(
        "cove.launch.asgi:application",
        host=read.host,
        port=read.port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="auto",
        access_log=False,
        # Whoever is not one of our proxies may write what he likes into X-Forwarded-For.
        proxy_headers=bool(read.trusted_proxies),
        forwarded_allow_ips=list(read.trusted_proxies),
        log_level=read.log_level.lower(),
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    # Only now: it sets Django up, which lays its way of logging over the server's.
    from cove.launch.asgi import EdgeProtocol

    config.http = EdgeProtocol
    _Server(config).run()


if __name__ == "__main__":
    try:
        run()
    except (BadVariableError, PortTakenError) as error:
        sys.exit(str(error))
