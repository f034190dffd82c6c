"""`python -m sandbox --port 8100 --data DIR`."""

import argparse
import logging
import socket
from pathlib import Path

import uvicorn

from sandbox.app import make_app
from sandbox.world import Settings


class Server(uvicorn.Server):
    """A server that first ends the pages' live streams, so that it can stop at once."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        app = self.config.app
        world = getattr(getattr(app, "state", None), "world", None)
        if world is not None:
            world.streams.close()
        await super().shutdown(sockets)


def make_server(settings: Settings) -> Server:
    """Return a server for these settings, not yet started."""
    config = uvicorn.Config(
        make_app(settings),
        host=settings.host,
        port=settings.port,
        ws="none",
        log_level="warning",
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return Server(config)


def parse(arguments: list[str] | None = None) -> Settings:
    """Return the settings in the command line."""
    parser = argparse.ArgumentParser(prog="sandbox", description="A stand-in for WeCom and its phones.")
    parser.add_argument("--data", type=Path, required=True, help="folder for the sandbox's file")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--smtp-port", type=int, default=0, help="take mail at this port; 0 takes none")
    parser.add_argument("--dns-port", type=int, default=0, help="answer names at this port (UDP); 0 answers none")
    parser.add_argument("--returns", default="", help="host:port that takes mail that comes back; empty sends none")
    parser.add_argument("--public-url", default="", help="what stands in picture and friend links")
    parser.add_argument("--callback-pause", type=float, default=1.0, help="seconds between two attempts")
    parser.add_argument("--verify-seconds", type=float, default=1.0, help="patience when a callback address is saved")
    parser.add_argument(
        "--made-up-addresses",
        action="store_true",
        help="send X-Forwarded-For with a made-up address for each phone",
    )
    given = parser.parse_args(arguments)
    return Settings(
        data=given.data,
        host=given.host,
        port=given.port,
        smtp_port=given.smtp_port,
        dns_port=given.dns_port,
        returns=given.returns,
        public_url=given.public_url.rstrip("/"),
        callback_pause=given.callback_pause,
        verify_timeout=given.verify_seconds,
        made_up_addresses=given.made_up_addresses,
    )


def main() -> None:
    """Run until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("httpx", "mail.log"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    settings = parse()
    logging.getLogger("sandbox").info("sandbox on http://%s:%s", settings.host, settings.port)
    make_server(settings).run()


if __name__ == "__main__":
    main()
