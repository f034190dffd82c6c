"""A draft of a mail, read: styles written into elements, variables found, and nothing in it that cannot be filled."""

from __future__ import annotations

from dataclasses import dataclass

import css_inline

from cove.engine.channels.email.contracts.plain import plain_text
from cove.engine.channels.email.contracts.templates import (
    UNSUBSCRIBE,
    BadText,
    Pieces,
    names_in,
    read_markup,
    read_text,
)
from cove.engine.channels.email.errors import BadTemplate, NoUnsubscribeLink

EXAMPLE = "{{ contact.name | 朋友 }}"

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a mail says: as texts that are kept, and in pieces."""

    plain_subject: str
    markup: str
    plain: str
    subject: Pieces
    html: Pieces
    text: Pieces


def read_draft(*, subject: str, html: str, text: str, purpose: str) -> Draft:
    """Read a draft. Raises BadTemplate, NoUnsubscribeLink."""
    subject = " ".join(subject.split())
    try:
        markup = _inliner.inline(html)
    except css_inline.InlineError as error:
        raise _unreadable("html", str(error)[:60]) from error
    plain = text.strip() or plain_text(markup)
    head, body = _read("subject", subject), _read("html", markup)
    if UNSUBSCRIBE in names_in(head):
        raise _unreadable("subject", UNSUBSCRIBE)
    if purpose == "marketing" and UNSUBSCRIBE not in names_in(body):
        variable = f"{{{{ {UNSUBSCRIBE} }}}}"
        raise NoUnsubscribeLink(
            variable=variable, fields={"html": NoUnsubscribeLink.words.with_values(variable=variable)}
        )
    return Draft(subject, markup, plain, head, body, _read("text", plain))


def _read(field: str, said: str) -> Pieces:
    try:
        return read_markup(said, {}) if field == "html" else read_text(said)
    except BadText as error:
        raise _unreadable(field, error.part) from error


def _unreadable(field: str, part: str) -> BadTemplate:
    words = BadTemplate.words.with_values(part=part, example=EXAMPLE)
    return BadTemplate(part=part, example=EXAMPLE, fields={field: words})
