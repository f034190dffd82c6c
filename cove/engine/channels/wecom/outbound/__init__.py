"""What goes out to WeCom: each kind of act, how it is performed and what is told of it."""

from __future__ import annotations


def declare() -> None:
    """Import every kind, so that the outbox knows them."""
    from cove.engine.channels.wecom.outbound import (  # noqa: F401 -- declared by import
        app_messages,
        archive,
        cards,
        contact_ways,
        customers,
        directory,
        group_transfers,
        groups,
        mass,
        moments,
        servicers,
        support,
        tags,
        tools,
        transfers,
        welcomes,
    )
