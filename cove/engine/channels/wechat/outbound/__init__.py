"""What goes out to WeChat: each kind of act, how it is performed and what is told of it."""

from __future__ import annotations


def declare() -> None:
    """Import every kind, so that the outbox knows them."""
    from cove.engine.channels.wechat.outbound import (  # noqa: F401 -- declared by import
        codes,
        entries,
        followers,
        menus,
        messages,
        publishing,
        tags,
        templates,
    )
