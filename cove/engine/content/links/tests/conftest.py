from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.engine.content.links.commands.links import create_link

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def link(actor):
    return create_link(
        actor,
        name="秋季目录",
        target="https://www.cove.example/catalogue?page=1#top",
        utm={"source": "wecom", "medium": "chat", "campaign": "秋季"},
    )


@pytest.fixture
def customer(actor):
    """A contact."""

    def admit(name: str = "陈静怡") -> int:
        card, _ = people.admit_contact(
            actor, identity=Identity("wecom_external", f"wm-{name}"), source="wecom", profile=Profile(name=name)
        )
        return card.id

    return admit
