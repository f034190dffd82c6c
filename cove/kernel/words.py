"""Texts in both languages, and which of them the reader at hand wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["zh-CN", "en"]
DEFAULT_LANGUAGE: Language = "zh-CN"

_language: ContextVar[Language] = ContextVar("cove_language", default=DEFAULT_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Chinese and in English; `{name}` placeholders are filled by `here`."""

    zh: str
    en: str

    def here(self, values: Mapping[str, Any] | None = None) -> str:
        """Return the text in the current reader's language, placeholders filled; unknown ones become empty."""
        template = self.zh if _language.get() == "zh-CN" else self.en
        return template.format_map(_Blank(values or {})) if "{" in template or "}" in template else template

    def with_values(self, **values: Any) -> Words:
        """Return the text with these placeholders filled for good. What the values say is text, whatever braces are in it."""
        safe = _Blank({name: str(value).replace("{", "{{").replace("}", "}}") for name, value in values.items()})
        return Words(self.zh.format_map(safe), self.en.format_map(safe))

    def plain(self) -> str:
        """Return a text that was finished earlier, in the reader's language: nothing in it is a placeholder."""
        return self.zh if _language.get() == "zh-CN" else self.en


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def current_language() -> Language:
    """Return the language of the current reader."""
    return _language.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Use `language` for every text rendered inside the block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language_of(accept_language: str | None) -> Language:
    """Choose between our two languages from an Accept-Language header (RFC 9110, quality ignored: first match wins)."""
    for part in (accept_language or "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh-CN"
        if tag.startswith("en"):
            return "en"
    return DEFAULT_LANGUAGE
