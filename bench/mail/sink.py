"""``python -m bench.mail.sink PORT``: a mail server that takes everything and keeps nothing."""

from __future__ import annotations

import asyncio
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    """Takes every mail."""

    async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:  # noqa: N802 -- aiosmtpd's name
        """Say that it was taken."""
        return "250 2.0.0 taken"


async def main(port: int) -> None:
    """Listen until stopped."""
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Sink(), hostname="sink", decode_data=False), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
