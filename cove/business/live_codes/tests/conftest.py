from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from cove.business.live_codes.commands.codes import create_code
from cove.directory.org.models import Member
from cove.directory.people.commands.tags import create_tag, create_tag_group
from cove.engine.channels.wecom import facade as wecom


@dataclass
class Asked:
    """A call of the WeCom facade, as the test saw it."""

    name: str
    values: dict


@pytest.fixture
def asked(monkeypatch):
    """What was asked of WeCom; nothing leaves the test."""
    calls: list[Asked] = []

    def request_contact_way(actor, **values):
        calls.append(Asked("way", values))
        return True

    def send_welcome(actor, **values):
        calls.append(Asked("welcome", values))
        return True

    async def make_contact_way_now(actor, **values):
        calls.append(Asked("now", values))
        raise TimeoutError

    monkeypatch.setattr(wecom, "request_contact_way", request_contact_way)
    monkeypatch.setattr(wecom, "send_welcome", send_welcome)
    monkeypatch.setattr(wecom, "make_contact_way_now", make_contact_way_now)
    return calls


@pytest.fixture
def members(actor):
    return [
        Member.objects.create(name=name, email=f"{userid}-{actor.tenant_id}@cove.test", wecom_userid=userid)
        for name, userid in (("小王", "wang"), ("小李", "li"))
    ]


@pytest.fixture
def tags(actor):
    group = create_tag_group(actor, name="渠道", library="marketing")
    return [create_tag(actor, group_id=group.id, name=name) for name in ("展会", "秋季")]


@pytest.fixture
def code(actor, members, tags, asked):
    return create_code(
        actor,
        name="秋季展会",
        members={members[0].id: 3, members[1].id: 1},
        tag_ids=[tag.id for tag in tags],
        welcome_text="您好，欢迎！",
        utm={"source": "expo", "medium": "offline", "campaign": "autumn"},
    )


@pytest.fixture
def at():
    return datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
