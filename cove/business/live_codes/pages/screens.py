"""The public pages as HTML. No database: the edge shows them too, when PostgreSQL is away."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string

from cove.kernel.words import Words, current_language

_WORDS = {
    "press": Words("长按识别二维码", "Press and hold the QR code"),
    "add": Words("添加 {member} 为好友", "to add {member} as a friend"),
    "title": Words("添加 {member} · {company}", "Add {member} · {company}"),
    "share": Words("扫码添加 {member} 的企业微信", "Add {member} on WeCom"),
    "picture": Words("{member} 的企业微信二维码", "WeCom QR code of {member}"),
    "hint": Words(
        "在微信中长按上方图片，选择「识别图中的二维码」；在电脑上请用微信扫一扫。",
        "In WeChat, press and hold the picture and choose “Extract QR Code”; on a computer, scan it with WeChat.",
    ),
    "waiting": Words("{member} 的二维码正在准备", "The QR code of {member} is being prepared"),
    "waiting_hint": Words(
        "请稍候刷新本页。若一直没有出现，请联系{company}。",
        "Please reload this page in a moment. If it does not appear, please contact {company}.",
    ),
    "again": Words("刷新", "Reload"),
    "privacy": Words(
        "为记录来源，我们保存本次访问的时间、网络地址和浏览器类型；添加好友后，该记录会与您的企业微信资料关联，仅供{company}为您服务。",
        "To know where visitors come from we keep the time, network address and browser type of this visit. "
        "Once you add a friend it is linked to your WeCom profile, for {company} to serve you and nothing else.",
    ),
    "gone_title": Words("二维码已失效", "This code is no longer in use"),
    "gone": Words("这个二维码已停用或不存在。", "The code you scanned was withdrawn or does not exist."),
    "gone_company": Words("请联系{company}获取新的二维码。", "Please ask {company} for a new one."),
    "gone_anybody": Words("请向给您二维码的人索取新的。", "Please ask whoever gave it to you for a new one."),
    "busy_title": Words("请稍候再试", "Please try again in a moment"),
    "busy": Words("系统正忙，请稍候再扫一次。", "The system is busy. Please scan the code again in a moment."),
}


@dataclass(frozen=True, slots=True)
class LandingCard:
    """What the landing page shows. An empty `qr_url` means that WeCom has not made the member's code yet."""

    company: str
    member: str
    qr_url: str
    share_url: str


def landing_title(card: LandingCard) -> str:
    """Return the landing page's title in the reader's language."""
    return _WORDS["title"].here({"member": card.member, "company": card.company})


def landing_page(card: LandingCard) -> str:
    """Return the page that asks to press the QR picture, in the reader's language, under 10 kB."""
    return _page("landing", {"member": card.member, "company": card.company}, card=card)


def gone_page(company: str) -> str:
    """Return the page of a code that was deleted or never was; `company` is empty if nobody knows."""
    return _page("gone", {"company": company}, company=company)


def busy_page() -> str:
    """Return the page for the moment in which not even the local disk takes a visit."""
    return _page("busy", {})


def _page(name: str, values: dict[str, str], **context: object) -> str:
    words = {key: text.here(values) for key, text in _WORDS.items()}
    return render_to_string(f"live_codes/{name}.html", {"t": words, "language": current_language(), **context})
