"""The channel groups and what they are called. The keys are stored with every page view: they may be added to, never renamed."""

from __future__ import annotations

from cove.engine.timeline.contracts import ways
from cove.kernel.words import Words

CHANNELS: dict[str, Words] = {
    "paid_search": Words("付费搜索", "Paid search"),
    "paid_social": Words("付费社交", "Paid social"),
    "paid_video": Words("付费视频", "Paid video"),
    "paid_shopping": Words("付费电商", "Paid shopping"),
    "paid_other": Words("其他付费", "Other paid"),
    "display": Words("展示广告", "Display"),
    "affiliate": Words("联盟推广", "Affiliates"),
    "wecom": Words("企业微信", "WeCom"),
    "wechat": Words("微信", "WeChat"),
    "email": Words("邮件", "E-mail"),
    "sms": Words("短信", "SMS"),
    "push": Words("App 推送", "Push"),
    "qr_code": Words("线下扫码", "QR codes"),
    "organic_search": Words("自然搜索", "Organic search"),
    "ai_assistant": Words("AI 助手", "AI assistants"),
    "organic_social": Words("自然社交", "Organic social"),
    "organic_video": Words("自然视频", "Organic video"),
    "organic_shopping": Words("自然电商", "Organic shopping"),
    "audio": Words("音频", "Audio"),
    "referral": Words("外部网站", "Referrals"),
    "direct": Words("直接访问", "Direct"),
    "internal": Words("站内", "Own site"),
    "other": Words("其他", "Other"),
}
"""``internal`` is a page reached from another page of the same site: a visit has the group of its first page, never this one."""
_SAYS_NOTHING = frozenset({"direct", "internal"})

for _key, _name in CHANNELS.items():
    if _key not in _SAYS_NOTHING:
        ways.add(_key, _name)
