"""The preference page as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from django.template.loader import render_to_string

from cove.directory.org import facade as org
from cove.directory.privacy.contracts import CHANNELS, EVERY_CHANNEL
from cove.directory.privacy.models import Purpose
from cove.directory.privacy.queries.consents import choices_of, consents_of
from cove.kernel.actor import Actor
from cove.kernel.words import Words, current_language

_WORDS = {
    "title": Words("我的偏好设置 · {company}", "My preferences · {company}"),
    "heading": Words("我的偏好设置", "My preferences"),
    "intro": Words(
        "您可以随时决定{company}如何使用您的信息、通过哪些渠道联系您。",
        "You decide at any time what {company} may use your data for, and how it may reach you.",
    ),
    "purposes": Words("我同意将我的信息用于", "I agree that my data is used for"),
    "channels": Words("可以通过这些渠道向我发送营销信息", "Marketing messages may reach me by"),
    "nothing": Words("不再接收任何营销信息", "No marketing messages at all"),
    "service": Words(
        "为您提供服务所必需的通知（如您咨询后的回复）不受此处设置影响。",
        "Answers that belong to a service you asked for are not affected.",
    ),
    "version": Words("文本第 {version} 版", "text version {version}"),
    "save": Words("保存", "Save"),
    "saved": Words("已保存您的选择。", "Your choices are saved."),
    "changed": Words(
        "说明文字刚刚更新，请阅读后重新选择并保存。",
        "A text has just been changed. Please read it, choose again and save.",
    ),
    "privacy": Words(
        "保存时我们会记录时间、网络地址和浏览器类型，作为您作出选择的凭证。",
        "When you save we keep the time, network address and browser type as proof of your choice.",
    ),
    "gone_title": Words("链接已失效", "This link is no longer valid"),
    "gone": Words("请向与您联系的企业索取新的链接。", "Please ask the company that contacted you for a new one."),
    "other": Words("English", "中文"),
}


def preference_page(actor: Actor, contact_id: int, asked: Iterable[Purpose], *, saved: bool, changed: bool) -> str:
    """Return the page of one contact in the reader's language, below 50 kB. His name is not on it: a link may be passed on."""
    company = org.tenant(actor).name
    said, choices = consents_of(actor, contact_id), choices_of(actor, contact_id)
    everything_off = EVERY_CHANNEL in choices and choices[EVERY_CHANNEL].unsubscribed
    rows = [_purpose(row, given=said[row.id].given if row.id in said else not row.opt_in) for row in asked]
    channels = [
        {"key": key, "label": label.here(), "on": not (key in choices and choices[key].unsubscribed)}
        for key, label in CHANNELS.items()
        if key != EVERY_CHANNEL
    ]
    context = {"purposes": rows, "channels": channels, "nothing": everything_off, "saved": saved, "changed": changed}
    return _page("preferences", {"company": company}, company=company, other=_other(), **context)


def gone_page() -> str:
    """Return the page of a link that is too old, was withdrawn, or never was ours."""
    return _page("gone", {})


def _purpose(row: Purpose, *, given: bool) -> dict[str, object]:
    english = current_language() == "en"
    texts = row.texts.all()
    newest = texts[0] if texts else None
    text = (newest.text_en if english and newest.text_en else newest.text) if newest else ""
    version = newest.version if newest else 0
    return {
        "key": row.key,
        "name": row.name_en if english and row.name_en else row.name,
        "text": text,
        "version": version,
        "version_label": _WORDS["version"].here({"version": version}),
        "given": given,
    }


def _other() -> str:
    return "zh-CN" if current_language() == "en" else "en"


def _page(name: str, values: dict[str, str], **context: object) -> str:
    words = {key: text.here(values) for key, text in _WORDS.items()}
    return render_to_string(f"privacy/{name}.html", {"t": words, "language": current_language(), **context})
