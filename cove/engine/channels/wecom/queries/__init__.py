from __future__ import annotations

from cove.engine.channels.wecom.queries.behaviour import Activity, activity
from cove.engine.channels.wecom.queries.channels import (
    ChannelState,
    TagLink,
    channel,
    credentials,
    friends_of_contact,
    relation,
    sign_in_credentials,
    signs_in,
    state,
    tag_links,
    tenants_with_channel,
)
from cove.engine.channels.wecom.queries.groups import (
    customer_group,
    customer_groups,
    external_userids,
    group_persons,
    living_groups,
)
from cove.engine.channels.wecom.queries.reach import had_the_most, known_contacts, mass_left_out, mass_rule
from cove.engine.channels.wecom.queries.tasks import (
    kf_cursor,
    kf_talk,
    mass_content,
    media,
    moment,
    ticket,
    transfers_named,
)
from cove.engine.channels.wecom.queries.tools import contacts_known_as, kf_accounts, tool, tool_content, tools

__all__ = [
    "Activity",
    "ChannelState",
    "TagLink",
    "activity",
    "channel",
    "contacts_known_as",
    "credentials",
    "customer_group",
    "customer_groups",
    "external_userids",
    "friends_of_contact",
    "group_persons",
    "had_the_most",
    "kf_accounts",
    "kf_cursor",
    "kf_talk",
    "known_contacts",
    "living_groups",
    "mass_content",
    "mass_left_out",
    "mass_rule",
    "media",
    "moment",
    "relation",
    "sign_in_credentials",
    "signs_in",
    "state",
    "tag_links",
    "tenants_with_channel",
    "ticket",
    "tool",
    "tool_content",
    "tools",
    "transfers_named",
]
