from __future__ import annotations

from cove.engine.channels.wechat.models.accounts import WechatAccount, WechatToken
from cove.engine.channels.wechat.models.keeping import WechatCode, WechatMenu, WechatReply, WechatTemplate
from cove.engine.channels.wechat.models.people import WechatFollower, WechatSent
from cove.engine.channels.wechat.models.programs import WechatEntry
from cove.engine.channels.wechat.models.publishing import WechatDraft, WechatMass, WechatMassPart
from cove.engine.channels.wechat.models.scanners import WechatScanner
from cove.engine.channels.wechat.models.tags import WechatSpecialMenu, WechatTag

__all__ = [
    "WechatAccount",
    "WechatCode",
    "WechatDraft",
    "WechatEntry",
    "WechatFollower",
    "WechatMass",
    "WechatMassPart",
    "WechatMenu",
    "WechatReply",
    "WechatScanner",
    "WechatSent",
    "WechatSpecialMenu",
    "WechatTag",
    "WechatTemplate",
    "WechatToken",
]
