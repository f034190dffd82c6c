"""What is heard of mails at the doors, before it is known whose they are: what becomes of it is told by `cove.facts.messages`."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class MailOpened(Fact, kind="email.mail_opened", label=Words("邮件图片被加载", "Pictures of a mail fetched")):
    """The picture of a mail was fetched, by a person's program or by a machine."""

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"suspicion_reasons"})

    message_id: int
    source: str = "email"
    user_agent: str = ""
    address: str = ""
    suspicion: int = 0
    suspicion_reasons: list[str] = []


class MailLinkFollowed(Fact, kind="email.mail_link_followed", label=Words("邮件链接被打开", "A link of a mail opened")):
    """A link of a mail was opened in a browser, `visitor_id`."""

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"url", "suspicion_reasons"})

    message_id: int
    visitor_id: int
    source: str = "email"
    url: str
    user_agent: str = ""
    address: str = ""
    referrer: str = ""
    suspicion: int = 0
    suspicion_reasons: list[str] = []


class MailLeft(Fact, kind="email.mail_left", label=Words("从邮件退订", "Unsubscribed by a mail")):
    """Somebody unsubscribed: with one click of his mail program, on the page behind the link, or by writing to the address for it."""

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"how"})

    message_id: int
    source: str = "email"
    how: Literal["one_click", "page", "mail"]
    user_agent: str = ""
    address: str = ""


class MailReturned(Fact, kind="email.mail_returned", label=Words("收到退信或投诉", "A mail came back")):
    """Word of a mail came back by mail: it could not be delivered (RFC 3464), or was called spam (RFC 5965).

    `status` is the enhanced code (5.1.1) where one was given, `detail` the server's own words. `hardness` is empty for a complaint.
    """

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"sort", "hardness", "reason", "status"})

    message_id: int
    source: str = "email"
    sort: Literal["bounce", "complaint"]
    hardness: Literal["", "hard", "soft"] = ""
    reason: str = ""
    status: str = ""
    detail: str = ""
