"""What happens with tracked links."""

from __future__ import annotations

from typing import ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


class LinkClicked(
    Fact,
    kind="links.link_clicked",
    label=Words("点击链接", "Link followed"),
    caption=Words("点击链接「{link_name}」", "Followed the link “{link_name}”"),
):
    """A tracked link was followed. `contact_id` is whom the link was sent to, if it was made for somebody; `visitor_id` the browser.

    `click` is a number of this very click. Suspicion as with `cove.facts.tracking`: from 0 to 100, and why.
    """

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"link_name", "url", *UTM, "referrer", "suspicion_reasons"})

    contact_id: int | None = None
    visitor_id: int
    source: str = "link"
    link_id: int
    link_name: str
    click: str
    url: str
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    utm_term: str = ""
    user_agent: str = ""
    address: str = ""
    referrer: str = ""
    suspicion: int = 0
    suspicion_reasons: list[str] = []
