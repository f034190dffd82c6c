"""Console: what members did with customers, as WeCom counts it."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router

from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.permissions import SEE_BEHAVIOUR
from cove.engine.channels.wecom.schemas.channels import MemberActivity
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId

console = Router(tags=["channels"])


@console.get(
    "/channels/wecom/behaviour", response={200: list[MemberActivity], **refusals(Forbidden)}, **needs(SEE_BEHAVIOUR)
)
def read_behaviour(request: HttpRequest, days: Literal["7", "30"] = "7") -> list[MemberActivity]:
    """List what members did in the last 7 or 30 whole days, the busiest 200 first."""
    return [
        MemberActivity(
            member=NamedId(id=one.member_id, name=one.name),
            applications=one.applications,
            added=one.added,
            chats=one.chats,
            messages=one.messages,
            reply_share=one.reply_share,
            reply_minutes=one.reply_minutes,
            lost=one.lost,
        )
        for one in queries.activity(actor(request), days=int(days))
    ]
