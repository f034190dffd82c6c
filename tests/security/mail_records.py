"""Records of e-mail, one of each kind that a route can name."""

from __future__ import annotations

from itertools import count

from cove.engine.channels.email.commands.domains import add_domain
from cove.engine.channels.email.commands.senders import add_sender
from cove.engine.channels.email.commands.suppressions import suppress
from cove.engine.channels.email.commands.templates import create_template
from cove.engine.channels.email.contracts.cards import DomainWays
from tests.security.companies import Company

_numbers = count(1)


def sender_domain(company: Company) -> int:
    """A domain in whose name mail goes out; nobody listens behind its relay."""
    name = f"d{next(_numbers)}.mail.example"
    return add_domain(company.actor, name=name, ways=DomainWays("127.0.0.1", 9, "none")).id


def mail_sender(company: Company) -> int:
    """A sender of mail."""
    name = f"{company.canary}sender"
    return add_sender(company.actor, domain_id=sender_domain(company), name=name, local=f"s{next(_numbers)}").id


def mail_template(company: Company) -> int:
    """A template of a mail."""
    name = f"{company.canary}template-{next(_numbers)}"
    html = "<p>x <a href='{{ unsubscribe_url }}'>x</a></p>"
    return create_template(company.actor, name=name, subject=name, html=html).id


def suppression(company: Company) -> int:
    """An address to which nothing goes."""
    return suppress(company.actor, address=f"no{next(_numbers)}@cove.test").id
