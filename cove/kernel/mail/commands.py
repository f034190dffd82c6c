"""Putting a mail into the outbox, and what the sending loop notes on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.mail.models import Mail
from cove.kernel.mail.permissions import SEND_MAIL
from cove.kernel.scope import tenant_scope

WAKE_CHANNEL = "cove_mail"
KEPT = timedelta(days=30)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=30)
MOST_ATTEMPTS = 8
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that was claimed for sending."""

    id: int
    tenant_id: int
    recipient: str
    subject: str
    text: str
    html: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended: a final state, or `again` after a pause; `answer` is what the server said."""

    state: Mail.State
    reason: str = ""
    answer: str = ""
    again: bool = False


def mail_is_set_up() -> bool:
    """Tell whether this installation knows a mail server."""
    return settings.MAIL_SERVER is not None


def send_mail(
    *,
    tenant_id: int,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    once_key: str,
    not_after: datetime | None = None,
) -> bool:
    """Put a mail to `to` into the outbox within the caller's command; return False if `once_key` is already there.

    It is sent after the transaction, once; after `not_after` it is not sent any more. Without a mail server the row is kept as
    failed with the reason ``not_set_up``, so that it is seen; ask `mail_is_set_up` to say so beforehand.
    """
    now = clock.now()
    row = {
        "recipient": to.strip(),
        # One line, whatever was typed: a header ends at a line's end.
        "subject": " ".join(subject.split())[:LONGEST_SUBJECT],
        "not_before": now,
        "not_after": not_after,
        "created_at": now,
    }
    if mail_is_set_up():
        row |= {"text": text, "html": html or ""}
    else:
        row |= {"state": Mail.State.FAILED, "reason": "not_set_up", "finished_at": now}
    with tenant_scope(tenant_id):
        _, made = Mail.objects.get_or_create(once_key=once_key, defaults=row)
        if made:
            with connection.cursor() as cursor:
                cursor.execute(f"NOTIFY {WAKE_CHANNEL}")
    return made


@command(SEND_MAIL, audited=False)
def claim_mail(actor: Actor, *, mail_id: int, claim: int) -> Letter | None:
    """Take one due mail as `claim`; None when another was faster or its time is over."""
    now = clock.now()
    row = Mail.objects.select_for_update(skip_locked=True).filter(id=mail_id, state=Mail.State.PENDING).first()
    if row is None:
        return None
    if row.not_after is not None and row.not_after <= now:
        _finish(row.id, Ending(Mail.State.FAILED, "too_late"))
        return None
    Mail.objects.filter(id=mail_id).update(state=Mail.State.SENDING, claimed_by=claim, attempts=F("attempts") + 1)
    return Letter(row.id, row.tenant_id, row.recipient, row.subject, row.text, row.html, row.created_at)


@command(SEND_MAIL, audited=False)
def drop_unreadable(actor: Actor, *, mail_id: int) -> None:
    """Settle a mail whose body nobody can read any more."""
    _finish(mail_id, Ending(Mail.State.FAILED, "unreadable"))


@command(SEND_MAIL, audited=False)
def begin_handing_over(actor: Actor, *, mail_id: int, claim: int) -> bool:
    """Note that the body goes to the server now; False when the claim is no longer this mail's."""
    mine = Mail.objects.filter(id=mail_id, claimed_by=claim, state=Mail.State.SENDING)
    return bool(mine.update(state=Mail.State.HANDING_OVER))


@command(SEND_MAIL, audited=False)
def settle_mail(actor: Actor, *, mail_id: int, claim: int, ending: Ending) -> None:
    """Note how an attempt ended; one that may be repeated goes back to the queue, at most eight times."""
    row = Mail.visible_to(actor).select_for_update().filter(id=mail_id, claimed_by=claim).first()
    if row is None:
        return
    if not ending.again:
        _finish(mail_id, ending)
        return
    due = clock.now() + min(FIRST_PAUSE * 4 ** (row.attempts - 1), LONGEST_PAUSE)
    if row.attempts >= MOST_ATTEMPTS or (row.not_after is not None and due >= row.not_after):
        _finish(mail_id, Ending(Mail.State.FAILED, ending.reason, ending.answer))
        return
    Mail.objects.filter(id=mail_id).update(
        state=Mail.State.PENDING, claimed_by=None, not_before=due, reason=ending.reason, answer=ending.answer
    )


@command(SEND_MAIL, audited=False)
def take_back_mail(actor: Actor, *, mail_id: int, claim: int) -> None:
    """Decide about a mail whose sender died: back to the queue unless its body was on the way, which is never sent twice."""
    orphan = Mail.objects.filter(id=mail_id, claimed_by=claim)
    if orphan.filter(state=Mail.State.SENDING).update(state=Mail.State.PENDING, claimed_by=None):
        return
    if orphan.filter(state=Mail.State.HANDING_OVER).exists():
        _finish(mail_id, Ending(Mail.State.UNKNOWN, "crashed"))


@command(SEND_MAIL, audited=False)
def forget_old_mails(actor: Actor) -> int:
    """Delete what was settled thirty days ago; return how many."""
    gone = Mail.objects.filter(finished_at__lt=clock.now() - KEPT)
    return gone.delete()[0]


def _finish(mail_id: int, ending: Ending) -> None:
    Mail.objects.filter(id=mail_id).update(
        state=ending.state,
        reason=ending.reason,
        answer=ending.answer[:500],
        text="",
        html="",
        finished_at=clock.now(),
    )
