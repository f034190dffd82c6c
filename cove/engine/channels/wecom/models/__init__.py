from __future__ import annotations

from cove.engine.channels.wecom.models.behaviour import WecomBehaviour
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
    WecomMassTarget,
    WecomMassTask,
    WecomMoment,
    WecomMomentMember,
    WecomTransfer,
)
from cove.engine.channels.wecom.models.tools import WecomTool

__all__ = [
    "DEFAULT_BASE_URL",
    "SpentState",
    "WecomBehaviour",
    "WecomChannel",
    "WecomGroup",
    "WecomGroupPerson",
    "WecomKfAccount",
    "WecomKfTalk",
    "WecomMassTarget",
    "WecomMassTask",
    "WecomMedia",
    "WecomMoment",
    "WecomMomentMember",
    "WecomRelation",
    "WecomTag",
    "WecomTicket",
    "WecomToken",
    "WecomTool",
    "WecomTransfer",
]
