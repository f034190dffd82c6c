"""``/c/{slug}/add``: the page with the member's QR picture, after the edge has noted the visit."""

from __future__ import annotations

import time

import structlog
from asgiref.sync import async_to_sync
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from cove.business.live_codes.commands.ways import POOL_BOUND, add_leased_way, lease_way
from cove.business.live_codes.contracts import Visit, new_state, way_remark
from cove.business.live_codes.models import LiveCode
from cove.business.live_codes.pages.screens import LandingCard, gone_page, landing_page
from cove.business.live_codes.queries.codes import code as find_code
from cove.business.live_codes.queries.ways import pool_size, standing_picture
from cove.directory.org import facade as org
from cove.engine.channels.wecom import facade as wecom
from cove.kernel.actor import Actor
from cove.kernel.errors import CoveError, NotFound
from cove.kernel.scope import bind_tenant

MINT_SECONDS = 2.0
PAUSE_SECONDS = 30.0
"""After WeCom failed to make a way, visits of that tenant get the standing one for so long, and nobody waits for it."""

log = structlog.get_logger(__name__)

_paused: dict[int, float] = {}


@require_safe
def landing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the QR picture of the member whom the visit was given to; an address that is not ours leads to the code again."""
    visit = Visit.read(request.GET.get("v", ""), settings.SECRET_KEY)
    if visit is None:
        return HttpResponseRedirect(f"/c/{slug}")
    bind_tenant(visit.tenant_id)
    actor = Actor.system(visit.tenant_id)
    company = org.tenant(actor).name
    try:
        code = find_code(actor, visit.code_id)
    except NotFound:
        return HttpResponse(gone_page(company), status=404)
    if code.slug != slug:
        return HttpResponseRedirect(f"/c/{code.slug}")
    member = org.members_by_id(actor, [visit.member_id])[visit.member_id]
    card = LandingCard(
        company=company,
        member=member.name,
        qr_url=_picture(actor, visit, code, member.wecom_userid),
        share_url=f"{settings.PUBLIC_URL}/c/{slug}",
    )
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponse(landing_page(card), headers=headers)


def _picture(actor: Actor, visit: Visit, code: LiveCode, userid: str | None) -> str:
    """Return a picture of this visit's own if there is one or can be made, else the member's standing one."""
    leased = lease_way(actor, visit=visit)
    if leased is None and userid and _may_mint(actor, visit):
        leased = _mint(actor, visit, code, userid)
    return leased or standing_picture(actor, code_id=visit.code_id, member_id=visit.member_id)


def _may_mint(actor: Actor, visit: Visit) -> bool:
    if _paused.get(actor.tenant_id, 0.0) > time.monotonic():
        return False
    return pool_size(actor, code_id=visit.code_id, member_id=visit.member_id) < POOL_BOUND


def _mint(actor: Actor, visit: Visit, code: LiveCode, userid: str) -> str | None:
    state = new_state()
    try:
        made = async_to_sync(wecom.make_contact_way_now)(
            actor, userid=userid, state=state, remark=way_remark(code.name), timeout_s=MINT_SECONDS
        )
    except (CoveError, TimeoutError) as error:
        log.warning("no contact way for this visit", code=code.id, error=repr(error))
        _paused[actor.tenant_id] = time.monotonic() + PAUSE_SECONDS
        return None
    add_leased_way(actor, visit=visit, state=state, config_id=made.config_id, qr_url=made.qr_url)
    return made.qr_url
