from __future__ import annotations

from cove.engine.channels.wecom.models.behaviour import WecomBehaviour
from cove.engine.channels.wecom.models.cards import WecomCard, WecomCardAnswer
from cove.engine.channels.wecom.models.channels import (
    DEFAULT_BASE_URL,
    SpentState,
    WecomChannel,
    WecomMedia,
    WecomRelation,
    WecomTag,
    WecomTicket,
    WecomToken,
)
from cove.engine.channels.wecom.models.groups import WecomGroup, WecomGroupPerson
from cove.engine.channels.wecom.models.support import WecomKfAccount, WecomKfTalk
from cove.engine.channels.wecom.models.tasks import (
    WecomMassMember,
    WecomMassTarget,
    WecomMassTask,
    WecomMoment,
    WecomMomentMember,
    WecomMomentReaction,
    WecomTransfer,
)
from cove.engine.channels.wecom.models.tools import WecomTool

__all__ = [
    "DEFAULT_BASE_URL",
    "SpentState",
    "WecomBehaviour",
    "WecomCard",
    "WecomCardAnswer",
    "WecomChannel",
    "WecomGroup",
    "WecomGroupPerson",
    "WecomKfAccount",
    "WecomKfTalk",
    "WecomMassMember",
    "WecomMassTarget",
    "WecomMassTask",
    "WecomMedia",
    "WecomMoment",
    "WecomMomentMember",
    "WecomMomentReaction",
    "WecomRelation",
    "WecomTag",
    "WecomTicket",
    "WecomToken",
    "WecomTool",
    "WecomTransfer",
]
