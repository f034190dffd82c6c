"""The loop of the work process that sends what is in the outbox: one thread, one mail after the other.

A mail is claimed and committed before it is sent. The claim's number is an advisory lock held by the loop's own connection, so a row whose
lock is gone was left by a process that died.
"""

from __future__ import annotations

import secrets
import threading
import time
from typing import Any

import psycopg
import structlog
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import close_old_connections, connection

from cove.kernel.actor import Actor
from cove.kernel.mail import commands, queries
from cove.kernel.mail.models import Mail
from cove.kernel.mail.server import MailServer
from cove.kernel.mail.smtp import hand_over

AT_ONCE = 20
IDLE_SECONDS = 1.0
BACK_OFF_SECONDS = 2.0
LOOK_AFTER_SECONDS = 30.0

log = structlog.get_logger(__name__)


class Mails:
    """All mail of this process. `start` returns at once; `stop` lets the mail under way be finished."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mails", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Ask the thread to stop and wait for it up to `timeout` seconds."""
        self._stopping.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._attend()
            except Exception:  # the loop must outlive whatever befell one turn
                log.exception("the mail loop stumbled")
                close_old_connections()
                connection.close()
                self._stopping.wait(BACK_OFF_SECONDS)
        connection.close()

    def _attend(self) -> None:
        # 62 bits: the number must be positive and fit PostgreSQL's bigint.
        claim = secrets.randbits(62)
        with psycopg.connect(self._dsn, autocommit=True) as held:
            held.execute("SELECT pg_advisory_lock(%s)", [claim])
            held.execute(f"LISTEN {commands.WAKE_CHANNEL}")
            looked = float("-inf")
            while not self._stopping.is_set():
                if time.monotonic() - looked > LOOK_AFTER_SECONDS:
                    look_after()
                    looked = time.monotonic()
                if not send_due(claim, self._stopping):
                    _wait(held)


def send_due(claim: int, stopping: threading.Event | None = None) -> int:
    """Send what is due, one after the other; return how many were tried."""
    if settings.MAIL_SERVER is None:
        return 0
    tried = 0
    for tenant_id, mail_id in queries.due_mails(AT_ONCE):
        if stopping is not None and stopping.is_set():
            break
        tried += 1
        _send(Actor.system(tenant_id), mail_id, claim)
    return tried


def look_after() -> None:
    """Take back what a dead process left, and forget what is old."""
    for tenant_id, mail_id, claim in queries.orphaned_mails():
        commands.take_back_mail(Actor.system(tenant_id), mail_id=mail_id, claim=claim)
    for tenant_id in queries.tenants_with_old_mails():
        commands.forget_old_mails(Actor.system(tenant_id))


def _send(actor: Actor, mail_id: int, claim: int) -> None:
    try:
        letter = commands.claim_mail(actor, mail_id=mail_id, claim=claim)
    except InvalidToken:
        # Sealed with another installation's key: nobody can read it any more.
        commands.drop_unreadable(actor, mail_id=mail_id)
        return
    if letter is None:
        return
    server: MailServer = settings.MAIL_SERVER  # type: ignore[assignment]  # looked at by `send_due`
    ending = hand_over(server, letter, lambda: commands.begin_handing_over(actor, mail_id=mail_id, claim=claim))
    tell = log.debug if ending.state is Mail.State.SENT else log.warning
    tell(
        "mail", mail=mail_id, tenant=actor.tenant_id, state=str(ending.state), reason=ending.reason, again=ending.again
    )
    commands.settle_mail(actor, mail_id=mail_id, claim=claim, ending=ending)


def _wait(held: psycopg.Connection[Any]) -> None:
    for _ in held.notifies(timeout=IDLE_SECONDS, stop_after=1):
        return
