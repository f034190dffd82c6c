"""Long work with the platform, and what is looked after by itself."""

from __future__ import annotations

from cove.engine.channels.wecom.jobs.behaviour import read_behaviour, read_everywhere
from cove.engine.channels.wecom.jobs.rounds import tend_everywhere
from cove.engine.channels.wecom.jobs.sync import sync_directory

__all__ = ["read_behaviour", "read_everywhere", "sync_directory", "tend_everywhere"]
