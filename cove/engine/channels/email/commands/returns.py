"""What was heard of mails after they left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F

from cove.directory.people import facade as people
from cove.directory.privacy import facade as privacy
from cove.directory.privacy.contracts import Evidence
from cove.engine.channels.email.commands.messages import told_of
from cove.engine.channels.email.commands.suppressions import suppress_address
from cove.engine.channels.email.models import EmailMessage, Suppression
from cove.engine.channels.email.permissions import RUN_EMAIL
from cove.engine.timeline.contracts import Doubt, doubts
from cove.engine.tracking.facade import SUSPICIOUS
from cove.facts.email import MailLeft, MailLinkFollowed, MailOpened, MailReturned
from cove.facts.messages import MessageBounced, MessageComplained, MessageLinkFollowed, MessageOpened
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.words import Words

AT_ONCE = timedelta(seconds=5)
"""After sending, within which no person opens a mail and clicks: gates of companies look at links before they let a mail in."""

TOO_SOON = "mail_too_soon"
FETCHED = "mail_image_proxy"
doubts.add(
    TOO_SOON,
    Doubt(
        Words("发出后立即打开", "Right after sending"),
        Words(
            "邮件刚发出几秒就被打开或点击，通常是收件方的安全网关",
            "Opened within seconds of sending, as gates of companies do",
        ),
    ),
)
doubts.add(
    FETCHED,
    Doubt(
        Words("图片由代理加载", "Picture fetched by a proxy"),
        Words(
            "邮箱服务商会预先加载图片，不代表本人打开",
            "Mail providers fetch pictures beforehand, whether anybody looks or not",
        ),
    ),
)

# What Apple's proxy calls itself: it fetches every picture beforehand. Gmail's fetches when somebody looks, and counts.
_PROXIES = re.compile(r"^Mozilla/5\.0$")
SOFT_BOUNCES = 5
"""Of one address in a row, of different mails, after which it is given up."""


@command(RUN_EMAIL, audited=False)
def note_opened(actor: Actor, *, fact: MailOpened, at: datetime) -> None:
    """Note that a mail was opened; machines are told, and not counted."""
    row = _row(actor, fact.message_id)
    if row is None or row.contact_id is None:
        return
    suspicion, reasons = _doubts(row, at, fact.suspicion, fact.suspicion_reasons)
    if _PROXIES.search(fact.user_agent.strip()):
        suspicion, reasons = max(suspicion, SUSPICIOUS), [*reasons, FETCHED]
    if suspicion < SUSPICIOUS:
        _count(row, at, "opens", "opened_at")
    publish(
        MessageOpened(
            **told_of(row),
            user_agent=fact.user_agent,
            address=fact.address,
            suspicion=suspicion,
            suspicion_reasons=reasons,
        ),
        at=at,
    )


@command(RUN_EMAIL, audited=False)
def note_followed(actor: Actor, *, fact: MailLinkFollowed, at: datetime) -> None:
    """Note that a link was followed. The first browser that opens one is the contact's, if it is nobody's yet; others may be anybody's."""
    row = _row(actor, fact.message_id)
    if row is None or row.contact_id is None:
        return
    suspicion, reasons = _doubts(row, at, fact.suspicion, fact.suspicion_reasons)
    if suspicion < SUSPICIOUS:
        if row.clicked_at is None:
            people.join_visitor(actor, contact_id=row.contact_id, visitor_id=fact.visitor_id, how="link")
        _count(row, at, "clicks", "clicked_at")
        if row.opened_at is None:
            # Whoever clicks has the mail before him, whether his program fetched the picture or not.
            _count(row, at, "opens", "opened_at")
    publish(
        MessageLinkFollowed(
            **told_of(row),
            url=fact.url,
            user_agent=fact.user_agent,
            address=fact.address,
            suspicion=suspicion,
            suspicion_reasons=reasons,
        ),
        at=at,
    )


@command(RUN_EMAIL)
def note_left(actor: Actor, *, fact: MailLeft, at: datetime) -> None:
    """Unsubscribe whoever the mail was sent to from mail."""
    row = _row(actor, fact.message_id)
    if row is None or row.contact_id is None:
        return
    EmailMessage.objects.filter(id=row.id, left_at=None).update(left_at=at)
    privacy.keep_choices(
        actor,
        contact_id=row.contact_id,
        source="preference_page",
        purposes={},
        channels={"email": False},
        reason=fact.how,
        evidence=Evidence(fact.address, fact.user_agent),
        at=at,
    )


@command(RUN_EMAIL)
def note_returned(actor: Actor, *, fact: MailReturned, at: datetime) -> None:
    """Note that a mail came back or was complained of: once for each mail. What is hard goes onto the list, and so does a complaint."""
    row = _row(actor, fact.message_id)
    if row is None:
        return
    if fact.sort == "complaint":
        _complained(actor, row, at)
    elif row.bounced_at is None or (row.hardness == "soft" and fact.hardness == "hard"):
        _bounced(actor, row, fact, at)


def _bounced(actor: Actor, row: EmailMessage, fact: MailReturned, at: datetime) -> None:
    EmailMessage.objects.filter(id=row.id).update(bounced_at=at, hardness=fact.hardness, reason=fact.reason)
    if fact.hardness == "hard" or _given_up(actor, row.address):
        suppress_address(actor, address=row.address, reason=Suppression.Reason.HARD_BOUNCE, detail=fact.status)
    if row.contact_id and not row.test:
        told = told_of(row)
        publish(
            MessageBounced(
                **told, hardness=fact.hardness or "soft", reason=fact.reason, errcode=fact.status, detail=fact.detail
            ),
            at=at,
        )


def _complained(actor: Actor, row: EmailMessage, at: datetime) -> None:
    if not EmailMessage.objects.filter(id=row.id, complained_at=None).update(complained_at=at):
        return
    suppress_address(actor, address=row.address, reason=Suppression.Reason.COMPLAINT)
    if row.contact_id and not row.test:
        publish(MessageComplained(**told_of(row)), at=at)


def _given_up(actor: Actor, address: str) -> bool:
    """Tell whether the latest mails to an address all came back."""
    rows = EmailMessage.visible_to(actor).filter(address=address).exclude(sent_at=None, bounced_at=None)
    latest = list(rows.order_by("-id").values_list("bounced_at", flat=True)[:SOFT_BOUNCES])
    return len(latest) == SOFT_BOUNCES and all(latest)


def _doubts(row: EmailMessage, at: datetime, suspicion: int, reasons: list[str]) -> tuple[int, list[str]]:
    if row.sent_at is None or at - row.sent_at < AT_ONCE:
        return max(suspicion, SUSPICIOUS), [*reasons, TOO_SOON]
    return suspicion, reasons


def _count(row: EmailMessage, at: datetime, number: str, first: str) -> None:
    changes: Mapping[str, object] = {number: F(number) + 1}
    if getattr(row, first) is None:
        changes = {**changes, first: at}
    EmailMessage.objects.filter(id=row.id).update(**changes)


def _row(actor: Actor, message_id: int) -> EmailMessage | None:
    rows = EmailMessage.visible_to(actor).select_related("content").select_for_update(of=("self",))
    return rows.filter(id=message_id).first()
