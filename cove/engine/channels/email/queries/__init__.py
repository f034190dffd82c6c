"""Reads of e-mail, by noun."""

from cove.engine.channels.email.queries import settings

__all__ = ["settings"]
