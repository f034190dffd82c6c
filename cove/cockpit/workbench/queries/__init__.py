"""What is read for the workbench, by noun."""

from cove.cockpit.workbench.queries import briefs
from cove.cockpit.workbench.queries.search import search

__all__ = ["briefs", "search"]
