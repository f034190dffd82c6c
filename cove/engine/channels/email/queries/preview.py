"""How a mail would look, before it is kept."""

from __future__ import annotations

import html as markup
from dataclasses import dataclass

from cove.engine.channels.email.contracts.reading import read_draft
from cove.engine.channels.email.contracts.templates import UNSUBSCRIBE, Pieces, fill, names_in, needed_in
from cove.kernel.words import Words

VARIABLES: dict[str, Words] = {
    "contact.name": Words("客户姓名", "Contact's name"),
    "contact.company": Words("客户公司", "Contact's company"),
    "contact.position": Words("客户职位", "Contact's position"),
    "contact.email": Words("客户邮箱", "Contact's e-mail"),
    "sender.name": Words("发信人", "Sender's name"),
    "company.name": Words("本企业名称", "Your company's name"),
    UNSUBSCRIBE: Words("退订链接", "Unsubscribe link"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail filled with the names of its variables."""

    subject: str
    html: str
    text: str
    needs: set[str]


def preview(*, subject: str, html: str, text: str, purpose: str, company: str) -> Preview:
    """Return a mail as it would be read; a variable without a default shows its name. Raises BadTemplate, NoUnsubscribeLink."""
    draft = read_draft(subject=subject, html=html, text=text, purpose=purpose)
    parts: tuple[Pieces, ...] = (draft.subject, draft.html, draft.text)
    values = {name: f"［{label.here()}］" for name, label in VARIABLES.items()} | {
        "company.name": company,
        UNSUBSCRIBE: "#",
    }
    for name in set().union(*(names_in(part) for part in parts)) - values.keys():
        values[name] = f"［{name.partition('.')[2]}］"
    return Preview(
        fill(draft.subject, values),
        fill(draft.html, values, write=markup.escape),
        fill(draft.text, values),
        set().union(*(needed_in(part) for part in parts)),
    )
