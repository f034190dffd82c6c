"""The public pages as HTML. No database: the edge shows them, also when PostgreSQL is away."""

from __future__ import annotations

from django.template.loader import render_to_string

from cove.kernel.words import Words, current_language

_WORDS = {
    "ask_title": Words("退订邮件", "Unsubscribe"),
    "ask": Words("确认后，您将不再收到{company}的营销邮件。", "You will have no more marketing mail from {company}."),
    "ask_anybody": Words("确认后，您将不再收到此类营销邮件。", "You will have no more marketing mail of this kind."),
    "confirm": Words("确认退订", "Unsubscribe"),
    "done_title": Words("已退订", "You are unsubscribed"),
    "done": Words(
        "您不会再收到营销邮件。与您的订单、账号有关的通知不受影响。",
        "You get no more marketing mail. Notices about your orders still reach you.",
    ),
    "gone_title": Words("链接已失效", "This link is no longer in use"),
    "gone": Words(
        "这个链接不完整或已不存在，请从邮件中重新打开。",
        "The link is incomplete. Open it from the mail again.",
    ),
    "busy_title": Words("请稍候再试", "Please try again in a moment"),
    "busy": Words("系统正忙，请稍候再打开一次。", "The system is busy. Please open the link again in a moment."),
}


def leave_page(company: str) -> str:
    """Return the page that asks whether somebody wants to unsubscribe: only its button does it, since scanners open every link."""
    return _page("ask", {"company": company}, company=company, form=True, hint="ask" if company else "ask_anybody")


def left_page(company: str) -> str:
    """Return the page that says that somebody is unsubscribed."""
    return _page("done", {}, company=company, hint="done")


def gone_page() -> str:
    """Return the page of a link that is none of ours."""
    return _page("gone", {}, hint="gone")


def busy_page() -> str:
    """Return the page for the moment in which not even the local disk takes what was asked."""
    return _page("busy", {}, hint="busy")


def _page(name: str, values: dict[str, str], *, hint: str, company: str = "", form: bool = False) -> str:
    said = {
        "title": _WORDS[f"{name}_title"].here(),
        "hint": _WORDS[hint].here(values),
        "confirm": _WORDS["confirm"].here() if form else "",
    }
    return render_to_string("email/page.html", {"t": said, "company": company, "language": current_language()})
