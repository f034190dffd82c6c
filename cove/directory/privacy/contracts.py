from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cove.kernel.words import Words

ConsentState = Literal["given", "withdrawn", "never_asked"]
Channel = Literal["wecom", "official_account", "mini_program", "email", "sms", "phone_call", "all"]
ChoiceSource = Literal["form", "import", "console", "preference_page", "reply"]
Held = Literal["unsubscribed", "no_consent"]

EVERY_CHANNEL = "all"
CHANNELS: dict[Channel, Words] = {
    "wecom": Words("企业微信", "WeCom"),
    "official_account": Words("公众号", "Official account"),
    "mini_program": Words("小程序", "Mini program"),
    "email": Words("邮件", "E-mail"),
    "sms": Words("短信", "Text message"),
    "phone_call": Words("电话", "Phone call"),
    "all": Words("全部渠道", "All channels"),
}
SOURCES: dict[ChoiceSource, Words] = {
    "form": Words("表单", "Form"),
    "import": Words("导入", "Imported"),
    "console": Words("成员登记", "Recorded by a member"),
    "preference_page": Words("本人在偏好页设置", "Chosen on the preference page"),
    "reply": Words("本人回复消息", "Said so in an answer"),
}
STATES: dict[ConsentState, Words] = {
    "given": Words("已同意", "Given"),
    "withdrawn": Words("已撤回", "Withdrawn"),
    "never_asked": Words("未征求", "Never asked"),
}


@dataclass(frozen=True, slots=True)
class UsualPurpose:
    """A purpose that each tenant begins with: its name, what people read before they agree, and whether silence is a no."""

    key: str
    name: Words
    text: Words
    opt_in: bool


MARKETING = "marketing"
USUAL_PURPOSES = (
    UsualPurpose(
        MARKETING,
        Words("营销触达", "Marketing messages"),
        Words(
            "我们会通过您选择的渠道向您发送活动、优惠和新品信息。您可以随时撤回同意。",
            "We send you news, offers and events by the channels you choose. You may withdraw at any time.",
        ),
        opt_in=True,
    ),
    UsualPurpose(
        "personalisation",
        Words("个性化推荐", "Personal recommendations"),
        Words(
            "我们根据您的浏览与互动记录为您推荐更合适的内容。撤回后您仍可使用全部服务。",
            "We use what you viewed and did to recommend what suits you. All services stay available if you withdraw.",
        ),
        opt_in=True,
    ),
    UsualPurpose(
        "analysis",
        Words("数据分析", "Analysis"),
        Words(
            "我们汇总统计服务的使用情况，用于改进产品与服务。",
            "We count how our services are used in order to improve them.",
        ),
        opt_in=False,
    ),
    UsualPurpose(
        "sharing",
        Words("第三方共享", "Sharing with third parties"),
        Words(
            "在取得您的单独同意后，我们才会向合作方提供您的个人信息，并告知接收方与用途。",
            "Only with your separate consent do we give your data to partners, and we tell you to whom and what for.",
        ),
        opt_in=True,
    ),
)


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """What a contact said to a purpose: `version` is the text he saw, 0 where he was never asked."""

    contact_id: int
    purpose: str
    state: ConsentState
    since: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """From where a choice came: network address and browser, when the person made it himself."""

    address: str = ""
    agent: str = ""
