"""A process of its own that needs a token: run by test_tokens, ten at the same moment."""

from __future__ import annotations

import asyncio
import sys

import django


def main(tenant_id: int) -> None:
    """Say that all is ready, wait for the word, ask for the token, write it out."""
    django.setup()
    import httpx

    from cove.engine.channels.wecom.client import tokens
    from cove.engine.channels.wecom.outbound.performing import open_line

    async def work() -> str:
        async with httpx.AsyncClient(timeout=60) as http:
            line = await open_line(tenant_id, http)
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            sys.stdin.readline()
            return await tokens.current(line)

    sys.stdout.write(asyncio.run(work()))


if __name__ == "__main__":
    main(int(sys.argv[1]))
