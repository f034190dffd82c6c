"""The two pages of a sign-in by WeCom that Cove shows itself: which company, and why not."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.loader import render_to_string

from cove.kernel.errors import CoveError
from cove.kernel.words import Words, current_language

# The form leads to ourselves and from there to the platform, which browsers count as the form's doing.
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self' https: http:; frame-ancestors 'none'"
)

_WORDS = {
    "title": Words("企业微信登录", "Sign in by WeCom"),
    "ask": Words("您的企业是？", "Which company are you with?"),
    "ask_hint": Words(
        "请输入企业标识。不清楚时请向管理员询问，或打开管理员发给您的登录链接。",
        "Type your company's sign-in address. Your administrator knows it, or has sent you a link.",
    ),
    "company": Words("企业标识", "Sign-in address"),
    "go_on": Words("继续", "Go on"),
    "refused": Words("无法登录", "You are not signed in"),
    "again": Words("重新登录", "Try again"),
    "password": Words("使用邮箱密码登录", "Sign in with e-mail and password"),
}


def ask_company(wanted: str) -> HttpResponse:
    """Return the page that asks for the company."""
    return _page("company", 200, wanted=wanted)


def refused(error: CoveError, wanted: str) -> HttpResponse:
    """Return the page that says why somebody was not signed in, and what he can do."""
    return _page("refused", error.status, reason=error.message(), again=urlencode({"next": wanted}))


def _page(name: str, status: int, **context: object) -> HttpResponse:
    words = {key: text.here() for key, text in _WORDS.items()}
    html = render_to_string(f"wecom/{name}.html", {"t": words, "language": current_language(), **context})
    response = HttpResponse(html, status=status)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
