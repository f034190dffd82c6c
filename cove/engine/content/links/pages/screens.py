"""The public pages as HTML. No database: the edge shows them, also when PostgreSQL is away."""

from __future__ import annotations

from django.template.loader import render_to_string

from cove.kernel.words import Words, current_language

_WORDS = {
    "gone_title": Words("链接已失效", "This link is no longer in use"),
    "gone": Words("这个链接已到期、已停用或不存在。", "The link has expired, was switched off or does not exist."),
    "gone_company": Words("请联系{company}获取新的链接。", "Please ask {company} for a new one."),
    "gone_anybody": Words("请向给您链接的人索取新的。", "Please ask whoever gave it to you for a new one."),
    "busy_title": Words("请稍候再试", "Please try again in a moment"),
    "busy": Words("系统正忙，请稍候再打开一次。", "The system is busy. Please open the link again in a moment."),
    "again": Words("重试", "Try again"),
}


def gone_page(company: str) -> str:
    """Return the page of a link that leads nowhere any more or never did; `company` is empty if nobody knows."""
    return _page("gone", {"company": company}, company=company)


def busy_page() -> str:
    """Return the page for the moment in which not even the local disk takes a click."""
    return _page("busy", {})


def _page(name: str, values: dict[str, str], **context: object) -> str:
    words = {key: text.here(values) for key, text in _WORDS.items()}
    return render_to_string(f"links/{name}.html", {"t": words, "language": current_language(), **context})
