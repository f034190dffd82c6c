from cove.engine.channels.email.models.contents import EmailContent, EmailLink, EmailTemplate
from cove.engine.channels.email.models.domains import DomainState, EmailSender, SenderDomain
from cove.engine.channels.email.models.messages import EmailMessage
from cove.engine.channels.email.models.suppressions import Suppression

__all__ = [
    "DomainState",
    "EmailContent",
    "EmailLink",
    "EmailMessage",
    "EmailSender",
    "EmailTemplate",
    "SenderDomain",
    "Suppression",
]
