"""Console: how often customers may have mass messages, and whom one would not reach."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest
from ninja import Router

from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.channels import choose_mass_rule
from cove.engine.channels.wecom.errors import NotConfigured
from cove.engine.channels.wecom.permissions import CONFIGURE, SEE_CHANNEL, SEND_MASS
from cove.engine.channels.wecom.schemas.mass import MassLeftOut, MassPreview, MassPreviewAsked, WecomMassRule
from cove.facts.delivery import REASONS
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router(tags=["channels"])


@console.get("/channels/wecom/mass-rule", response={200: WecomMassRule, **refusals(Forbidden)}, **needs(SEE_CHANNEL))
def read_mass_rule(request: HttpRequest) -> WecomMassRule:
    """Tell which limit of mass messages is counted by."""
    who = actor(request)
    who.require(SEE_CHANNEL)
    return WecomMassRule(rule=queries.mass_rule(who))


@console.put(
    "/channels/wecom/mass-rule",
    response={200: WecomMassRule, **refusals(Forbidden, NotConfigured)},
    **needs(CONFIGURE),
)
def change_mass_rule(request: HttpRequest, payload: WecomMassRule) -> WecomMassRule:
    """Say which limit the company's administrator chose at WeCom."""
    return WecomMassRule(rule=choose_mass_rule(actor(request), rule=payload.rule))


@console.post("/channels/wecom/mass-preview", response={200: MassPreview, **refusals(Forbidden)}, **needs(SEND_MASS))
def preview_mass(request: HttpRequest, payload: MassPreviewAsked) -> MassPreview:
    """Tell how many of these contacts a mass message would reach now, and of the others why not; it is asked again when it goes out."""
    who = actor(request)
    left_out = queries.mass_left_out(who, payload.contact_ids)
    counted = Counter(left_out.values())
    known = queries.known_contacts(who, payload.contact_ids)
    return MassPreview(
        reached=len(known - left_out.keys()),
        left_out=[
            MassLeftOut(
                reason=reason,
                label=REASONS[reason].here(),
                contact_ids=sorted(key for key, why in left_out.items() if why == reason),
            )
            for reason, _ in counted.most_common()
        ],
    )
