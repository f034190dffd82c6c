"""What happens with live codes."""

from __future__ import annotations

from typing import ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


class CodeScanned(
    Fact,
    kind="live_codes.code_scanned",
    label=Words("扫码", "Code scanned"),
    caption=Words("扫描渠道活码「{code_name}」", "Scanned the live code “{code_name}”"),
):
    """A live code's link was opened. `visit` is the token that a friendship made from this very visit will carry back."""

    shows_presence: ClassVar[bool] = True
    impersonal: ClassVar[frozenset[str]] = frozenset({"code_name", "member_name", *UTM, "referrer"})

    visitor_id: int
    source: str = "live_code"
    code_id: int
    code_name: str
    visit: str
    member_id: int | None = None
    member_name: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    utm_term: str = ""
    user_agent: str = ""
    address: str = ""
    referrer: str = ""


class CodeBroughtFriend(
    Fact,
    kind="live_codes.code_brought_friend",
    label=Words("活码引流", "Brought by a live code"),
    caption=Words(
        "通过活码「{code_name}」添加 {member_name}",
        "Came to {member_name} through the live code “{code_name}”",
    ),
):
    """A friendship came about through a live code."""

    impersonal: ClassVar[frozenset[str]] = frozenset({"code_name", "member_name", *UTM})

    contact_id: int
    member_id: int
    member_name: str
    visitor_id: int | None = None
    source: str = "live_code"
    code_id: int
    code_name: str
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    utm_term: str = ""


class CodeLostFriend(
    Fact,
    kind="live_codes.code_lost_friend",
    label=Words("活码客户流失", "Lost a live code's friend"),
    caption=Words("活码「{code_name}」带来的客户流失", "A friend brought by the live code “{code_name}” was lost"),
):
    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"code_name"})

    contact_id: int
    member_id: int
    source: str = "live_code"
    code_id: int
    code_name: str
