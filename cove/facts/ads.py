"""What advertising platforms tell us."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class CallbackAccepted(
    Fact,
    kind="ads.callback_accepted",
    label=Words("广告线索推送", "Leads were pushed"),
):
    """A platform pushed leads; `items` are its own documents, untouched."""

    on_timeline: ClassVar[bool] = False

    source: str = "ads"
    account_id: int
    items: list[dict[str, Any]]


class LeadReceived(
    Fact,
    kind="ads.lead_received",
    label=Words("广告留资", "Lead from an advertisement"),
    caption=Words("在{platform_name}留下联系方式「{campaign}」", "Left contact data on {platform_name}: “{campaign}”"),
):
    """Somebody left his data with an advertising platform. `lead_id` is our number of the lead, `click_id` the platform's of the click."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"platform_name", "campaign", "account_name"})

    contact_id: int
    source: str = "ads"
    platform: Literal["ocean", "tencent", "baidu"]
    platform_name: str
    account_name: str
    campaign: str
    lead_id: int
    click_id: str = ""
    new_contact: bool = False


class ConversionReported(
    Fact,
    kind="ads.conversion_reported",
    label=Words("回传广告转化", "Conversion reported"),
    caption=Words("已向{platform_name}回传「{event_name}」", "Reported “{event_name}” to {platform_name}"),
):
    """A platform was told what became of a lead or a click."""

    impersonal: ClassVar[frozenset[str]] = frozenset({"platform_name", "event_name"})

    contact_id: int
    source: str = "ads"
    platform: Literal["ocean", "tencent", "baidu"]
    platform_name: str
    event: str
    event_name: str
