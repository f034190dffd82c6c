"""Kinds of notices and members for tests."""

from __future__ import annotations

from typing import Any

from cove.directory.org.models import Member
from cove.kernel.notices import NoticeKind, notice_kind, notice_kinds
from cove.kernel.words import Words


def declare(monkeypatch: Any, key: str = "test.arrived", **more: Any) -> NoticeKind:
    """Declare a kind for one test; by default it rings the bell alone."""
    monkeypatch.setattr(notice_kinds, "_closed", False)
    monkeypatch.setattr(notice_kinds, "_entries", dict(notice_kinds._entries))
    title = Words("{name}到了", "{name} arrived")
    wanted = {"wecom": "off", "mail": "off", "url": "/things/{id}"} | more
    return notice_kind(key, "到达", "Arrival", title=title, body=Words("在{place}", "At {place}"), **wanted)


def member_of(actor: Any, name: str, **more: Any) -> Member:
    """Make a member of the actor's tenant."""
    return Member.objects.create(name=name, **more)
