from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to call the platform for one channel. Its text form shows no secret."""

    tenant_id: int
    channel_id: int
    base_url: str
    corp_id: str
    agent_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContactWayCard:
    """A contact way on the platform: `qr_url` is the address of its picture."""

    config_id: str
    qr_url: str
