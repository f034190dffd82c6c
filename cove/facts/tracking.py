"""What people do on pages and in products, as the collector saw it."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel

from cove.kernel.log.fact import Fact, Holds
from cove.kernel.words import Words

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
_PAGE = frozenset({"url", "title", "session_id", "account", "properties"})


class Seen(BaseModel):
    """What the collector knows of everything that somebody does.

    `visitor_id` is the number of the browser, or of the signed-in user where the event says so with proof (docs/identity.md).
    `account` is the customer account (`group`) he acts for, `session_id` the visit as the sender counts it. `suspicion` says from 0 to 100
    how likely it was no customer, `suspicion_reasons` why; nothing is left out for it here. `proof`: the company's server said so, or
    signed who the user is; ``none`` is a page's own word, for the account as well.
    """

    visitor_id: int
    source: str = "web"
    source_id: int | None = None
    message_id: str
    session_id: str = ""
    account: str = ""
    url: str = ""
    title: str = ""
    user_agent: str = ""
    address: str = ""
    suspicion: int = 0
    suspicion_reasons: list[str] = []
    proof: Literal["server", "signature", "none"] = "none"
    properties: dict[str, Any] = {}


class PageViewed(
    Seen,
    Fact,
    kind="tracking.page_viewed",
    label=Words("浏览页面", "Page viewed"),
    caption=Words("浏览页面「{title}」{way_here}", "Viewed the page “{title}”{way_here}"),
):
    """`click_ids` are those an advertiser's platform put into the address, by their parameter; `channel` is the channel group."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _PAGE | {*UTM, "referrer", "channel", "click_ids", "suspicion_reasons"}

    referrer: str = ""
    channel: str = ""
    click_ids: dict[str, str] = {}
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    utm_term: str = ""


class PageLeft(
    Seen,
    Fact,
    kind="tracking.page_left",
    label=Words("离开页面", "Page left"),
    caption=Words(
        "在「{title}」停留 {seconds} 秒，浏览到 {depth}%", "Stayed {seconds} s on “{title}” and saw {depth}%"
    ),
):
    """`seconds` the page was visible (time in the background is not counted), `depth` how far down it was seen, in percent."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _PAGE | {"suspicion_reasons"}

    seconds: int
    depth: int


class ElementClicked(
    Seen,
    Fact,
    kind="tracking.element_clicked",
    label=Words("点击元素", "Clicked"),
    caption=Words("点击「{text}」", "Clicked “{text}”"),
):
    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _PAGE | {"text", "element", "href", "suspicion_reasons"}

    text: str
    element: str = ""
    href: str = ""


class FormSubmitted(
    Seen,
    Fact,
    kind="tracking.form_submitted",
    label=Words("提交表单", "Form submitted"),
    caption=Words("提交网页表单「{form}」", "Submitted the form “{form}”"),
):
    """A form of a page that is watched; what was written into it is not looked at."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _PAGE | {"form", "suspicion_reasons"}

    form: str


class FileDownloaded(
    Seen,
    Fact,
    kind="tracking.file_downloaded",
    label=Words("下载文件", "File downloaded"),
    caption=Words("下载文件「{text}」", "Downloaded “{text}”"),
):
    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _PAGE | {"text", "href", "suspicion_reasons"}

    text: str
    href: str


class OutboundFollowed(
    Seen,
    Fact,
    kind="tracking.outbound_followed",
    label=Words("点击外链", "Link to elsewhere followed"),
    caption=Words("点击外链「{text}」", "Followed a link to “{text}”"),
):
    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _PAGE | {"text", "href", "suspicion_reasons"}

    text: str
    href: str


class EventTracked(
    Seen,
    Fact,
    kind="tracking.event_tracked",
    label=Words("自定义事件", "Custom event"),
    caption=Words("触发事件「{event}」", "Did “{event}”"),
):
    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = _PAGE | {"event", "suspicion_reasons"}

    event: str


class VisitorIdentified(
    Seen,
    Fact,
    kind="tracking.visitor_identified",
    label=Words("登录识别", "Said who he is"),
    caption=Words("在网站或产品中登录，用户 ID {user_id}", "Signed in on the site or in the product as user {user_id}"),
):
    """Somebody said who he is. `visitor_id` is the browser, `user_visitor` the number under which the user's own events come.

    Without `proof` it is a mere claim and joins nobody. See docs/identity.md.
    """

    shows_presence: ClassVar[bool] = True
    sensitive: ClassVar[dict[str, Holds]] = {}

    user_id: str
    user_visitor: int
    traits: dict[str, Any] = {}


class IdentityAliased(
    Seen,
    Fact,
    kind="tracking.identity_aliased",
    label=Words("身份关联", "Two names of one user"),
    caption=Words("用户 ID {user_id} 与 {previous_id} 是同一人", "User {user_id} is the same as {previous_id}"),
):
    """`user_visitor` and `previous_visitor` are the numbers of the two names. Without `proof` it joins nobody."""

    user_id: str
    user_visitor: int
    previous_id: str
    previous_visitor: int


class AccountJoined(
    Seen,
    Fact,
    kind="tracking.account_joined",
    label=Words("归属客户账号", "Acts for an account"),
    caption=Words("归属客户账号 {account}", "Acts for the account {account}"),
):
    """A user acts for a customer account from now on; `traits` are the account's own. Without `proof` usage marks him as unverified."""

    impersonal: ClassVar[frozenset[str]] = frozenset({"account", "traits", "suspicion_reasons"})

    traits: dict[str, Any] = {}


class PqlReached(
    Fact,
    kind="tracking.pql_reached",
    label=Words("达到 PQL", "Product qualified"),
    caption=Words("首次触发 PQL 事件「{event}」", "Did the PQL event “{event}” for the first time"),
):
    """A contact did for the first time what the tracking plan marks as PQL: the product is worth something to him.

    `account` is the customer account he did it for. Told once for each contact and event; suspicious events do not count.
    """

    impersonal: ClassVar[frozenset[str]] = frozenset({"event", "account"})

    contact_id: int
    source: str = "product"
    event: str
    account: str = ""
