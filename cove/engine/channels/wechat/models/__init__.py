from __future__ import annotations

from cove.engine.channels.wechat.models.accounts import WechatAccount, WechatToken
from cove.engine.channels.wechat.models.keeping import WechatCode, WechatMenu, WechatReply, WechatTemplate
from cove.engine.channels.wechat.models.people import WechatFollower, WechatSent
from cove.engine.channels.wechat.models.publishing import WechatDraft, WechatMass, WechatMassPart

__all__ = [
    "WechatAccount",
    "WechatCode",
    "WechatDraft",
    "WechatFollower",
    "WechatMass",
    "WechatMassPart",
    "WechatMenu",
    "WechatReply",
    "WechatSent",
    "WechatTemplate",
    "WechatToken",
]
