"""What people do on pages and in products, as the collector saw it."""

from __future__ import annotations

from typing import Any, ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


class PageViewed(
    Fact,
    kind="tracking.page_viewed",
    label=Words("浏览页面", "Page viewed"),
    caption=Words("浏览页面「{title}」", "Viewed the page “{title}”"),
):
    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset(
        {
            "url",
            "title",
            "referrer",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term",
            "properties",
        }
    )

    visitor_id: int
    source: str = "web"
    source_id: int | None = None
    message_id: str
    url: str
    title: str
    referrer: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    utm_term: str = ""
    user_agent: str = ""
    address: str = ""
    properties: dict[str, Any] = {}


class EventTracked(
    Fact,
    kind="tracking.event_tracked",
    label=Words("自定义事件", "Custom event"),
    caption=Words("触发事件「{event}」", "Did “{event}”"),
):
    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"event", "url", "properties"})

    visitor_id: int
    source: str = "web"
    source_id: int | None = None
    message_id: str
    event: str
    url: str = ""
    user_agent: str = ""
    address: str = ""
    properties: dict[str, Any] = {}
