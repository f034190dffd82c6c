"""Reasons why something cannot be done: a code for programs, words for people, fields for forms."""

from __future__ import annotations

from typing import Any, ClassVar

from cove.kernel.words import Words, speaking


class CoveError(Exception):
    """Something was refused. Subclasses give `code` (``module.reason``), HTTP `status` and `words` (with placeholders).

    `fields` maps the name of a faulty input field to words for that field; keyword arguments fill the placeholders.
    """

    code: ClassVar[str] = "cove.refused"
    status: ClassVar[int] = 400
    words: ClassVar[Words] = Words("无法完成该操作", "This cannot be done")

    def __init__(self, *, fields: dict[str, Words] | None = None, **values: Any) -> None:
        self.fields = fields or {}
        self.values = values
        super().__init__(f"{self.code} {values}" if values else self.code)

    def message(self) -> str:
        """Return the text for the current reader."""
        return self.words.here(self.values)

    def in_both(self) -> dict[str, str]:
        """Return the refusal as it can be kept: its code, and its text in both languages (`zh`, `en`)."""
        with speaking("zh-CN"):
            zh = self.message()
        with speaking("en"):
            return {"code": self.code, "zh": zh, "en": self.message()}


class NotFound(CoveError):
    """The thing does not exist, or not for this actor: both look the same from outside."""

    code = "cove.not_found"
    status = 404
    words = Words("内容不存在，或您无权查看", "It does not exist, or you may not see it")


class Forbidden(CoveError):
    code = "cove.forbidden"
    status = 403
    words = Words(
        "您没有「{operation}」权限，请联系管理员开通",
        "You lack the right “{operation}”; ask an administrator for it",
    )


class NotForKeys(CoveError):
    """An API key asked for what belongs to a person's own account."""

    code = "cove.not_for_keys"
    status = 403
    words = Words(
        "此接口只供本人登录后使用，API 密钥不能调用",
        "This is for people who are signed in; an API key cannot call it",
    )


class StalePage(CoveError):
    """The request did not carry this session's CSRF token: another site sent it, or the page is older than the sign-in."""

    code = "cove.stale_page"
    status = 403
    words = Words("页面已过期，请刷新后重试", "This page is out of date; reload it and try again")


class SignInRequired(CoveError):
    code = "cove.sign_in_required"
    status = 401
    words = Words("请先登录", "Please sign in")


class InvalidInput(CoveError):
    """Fields were filled wrongly; `fields` names each with its remedy."""

    code = "cove.invalid_input"
    status = 422
    words = Words("有内容填写不正确，请检查标出的字段", "Some fields are not right; check the marked ones")


class TooManyRequests(CoveError):
    code = "cove.too_many_requests"
    status = 429
    words = Words("请求过于频繁，请一分钟后再试", "Too many requests; try again in a minute")


class BodyTooLarge(CoveError):
    code = "cove.body_too_large"
    status = 413
    words = Words(
        "提交的内容超过 {megabytes} MB，请缩小或分批提交",
        "What was sent is larger than {megabytes} MB; make it smaller or send it in parts",
    )
