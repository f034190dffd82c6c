"""What is made of the news that the doors heard of mails."""

from __future__ import annotations

from cove.engine.channels.email.commands import returns
from cove.facts.email import MailLeft, MailLinkFollowed, MailOpened, MailReturned
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react


@react(MailOpened)
def tell_opened(actor: Actor, fact: MailOpened, envelope: Envelope) -> None:
    """Tell whose mail was opened."""
    returns.note_opened(actor, fact=fact, at=envelope.at)


@react(MailLinkFollowed)
def tell_followed(actor: Actor, fact: MailLinkFollowed, envelope: Envelope) -> None:
    """Tell whose link was followed."""
    returns.note_followed(actor, fact=fact, at=envelope.at)


@react(MailLeft, zh="邮件退订", en="unsubscribing by a mail")
def unsubscribe(actor: Actor, fact: MailLeft, envelope: Envelope) -> None:
    """Let whoever unsubscribed have no more mail."""
    returns.note_left(actor, fact=fact, at=envelope.at)


@react(MailReturned, zh="邮件退回与投诉的处理", en="what follows when mail comes back")
def take_back(actor: Actor, fact: MailReturned, envelope: Envelope) -> None:
    """Note a bounce or a complaint."""
    returns.note_returned(actor, fact=fact, at=envelope.at)
