"""Channel groups: where a page view came from, in the few words that reports compare.

Rules and their order: `grouping`. Who is what kind of place: `places`. The words: `groups`.
"""

from cove.engine.tracking.channel_groups.grouping import channel_group
from cove.engine.tracking.channel_groups.groups import CHANNELS
from cove.engine.tracking.channel_groups.places import CLICK_IDS

__all__ = ["CHANNELS", "CLICK_IDS", "channel_group"]
