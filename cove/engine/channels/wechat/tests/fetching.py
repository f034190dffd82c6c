"""A process of its own whose token was ended: run by test_tokens, ten at the same moment."""

from __future__ import annotations

import asyncio
import sys

import django


def main(tenant_id: int, account_id: int) -> None:
    """Say that all is ready, wait for the word, make a call, write out the token that it went with."""
    django.setup()
    import httpx

    from cove.engine.channels.wechat.client import followers, tokens
    from cove.engine.channels.wechat.outbound.performing import open_line

    async def work() -> str:
        async with httpx.AsyncClient(timeout=60) as http:
            line = await open_line(tenant_id, account_id, http)
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            sys.stdin.readline()
            await followers.list_tags(line)
            return await tokens.current(line)

    sys.stdout.write(asyncio.run(work()))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
