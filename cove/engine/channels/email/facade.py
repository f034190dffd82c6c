"""What other modules may ask of e-mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cove.engine.channels.email.commands import messages
from cove.engine.channels.email.contracts.cards import SenderChoice, TemplateChoice
from cove.engine.channels.email.queries import settings as queries
from cove.engine.channels.email.queries import suppressions
from cove.kernel.actor import Actor


def digest_of(address: str) -> str:
    """Return by what an address is known among those that are never written to again."""
    return suppressions.digest_of(address)


def senders(actor: Actor) -> list[SenderChoice]:
    """Return the senders in whose name mail may go out now. Raises Forbidden."""
    return [SenderChoice(row.id, row.name, row.address) for row in queries.senders(actor)]


def find_templates(actor: Actor, *, text: str = "", limit: int = 20) -> list[TemplateChoice]:
    """Return up to `limit` templates with a text in name or subject, the latest changed first. Raises Forbidden."""
    rows = queries.templates(actor, search=text).order_by("-changed_at", "-id")[:limit]
    return [
        TemplateChoice(row.id, row.name, row.subject, "service" if row.purpose == "service" else "marketing")
        for row in rows
    ]


def send_mail(
    actor: Actor,
    *,
    key: str,
    contact_id: int,
    template_id: int,
    sender_id: int,
    values: Mapping[str, str] | None = None,
    cause: str = "",
) -> bool:
    """Send a contact a mail, once for `key`, within the caller's command or reaction; False if it was asked for before.

    Whether it goes out is decided when it is about to leave: consent, unsubscribing, suppression, rates. What becomes of it is told by the
    facts of `cove.facts.messages` with `message_key` = `key`. Raises NoSuchTemplate, NoSuchSender, ValuesMissing.
    """
    wanted = [messages.Wanted(key, contact_id, values or {})]
    made = messages.send_mails(actor, template_id=template_id, sender_id=sender_id, mails=wanted, cause=cause)
    return made > 0


def send_mails(
    actor: Actor,
    *,
    template_id: int,
    sender_id: int,
    mails: Sequence[tuple[str, int, Mapping[str, str]]],
    cause: str = "",
) -> int:
    """Send many contacts a mail, as `send_mail` does one: (key, contact, values). Return how many were not asked for before."""
    wanted = [messages.Wanted(*one) for one in mails]
    return messages.send_mails(actor, template_id=template_id, sender_id=sender_id, mails=wanted, cause=cause)
