"""What members own at WeCom: the customer groups they made."""

from __future__ import annotations

from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.group_handovers import hand_over_groups, take_back_groups
from cove.kernel.belongings import owned_things
from cove.kernel.words import Words

GROUPS = "wecom.groups"

owned_things(
    key=GROUPS,
    label=Words("客户群", "Customer groups"),
    columns=("wecom.WecomGroup.owner",),
    counts=queries.owned_groups,
    ids=queries.owned_group_ids,
    names=queries.groups_by_id,
    page="/people/groups",
    hand_over=lambda actor, whom, ids: hand_over_groups(actor, whom=whom, group_ids=ids),
    take_back=take_back_groups,
)
