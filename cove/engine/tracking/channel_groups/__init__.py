"""Channel groups: where a page view came from, in the few words that reports compare.

Rules and their order: `grouping`. Who is what kind of place: `places`. The words: `groups`.
"""

from cove.engine.tracking.channel_groups.grouping import channel_group
from cove.engine.tracking.channel_groups.groups import CHANNELS

__all__ = ["CHANNELS", "channel_group"]
