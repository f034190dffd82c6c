"""What is read about links, by noun."""

from cove.engine.content.links.queries import links, owned, recipients, report

__all__ = ["links", "owned", "recipients", "report"]
