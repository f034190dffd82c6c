"""``/preferences/{token}``: the page of one person, opened by a signed link, without signing in and without script."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cove.directory.privacy.commands.links import choose_by_link
from cove.directory.privacy.commands.purposes import lay_usual_purposes
from cove.directory.privacy.contracts import CHANNELS, Channel, Evidence
from cove.directory.privacy.errors import LinkNotFound
from cove.directory.privacy.models import Purpose
from cove.directory.privacy.pages.screens import gone_page, preference_page
from cove.directory.privacy.queries.consents import purposes
from cove.directory.privacy.queries.links import Token, link_of_token, read_token
from cove.kernel.actor import Actor
from cove.kernel.http.doors import address
from cove.kernel.scope import bind_tenant
from cove.kernel.words import Language, current_language, speaking

_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


# The token is in the address alone and known to nobody else, so that no other site can make this request: it is its own CSRF token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the person allows, and keep what he changes."""
    wanted = request.GET.get("language", "")
    language = cast("Language", wanted) if wanted in ("zh-CN", "en") else current_language()
    with speaking(language):
        try:
            read = read_token(token)
            bind_tenant(read.tenant_id)
            return _answer(request, read)
        except LinkNotFound:
            return HttpResponse(gone_page(), status=404, headers=_HEADERS)


def _answer(request: HttpRequest, token: Token) -> HttpResponse:
    actor = Actor.system(token.tenant_id)
    link = link_of_token(token)
    lay_usual_purposes(actor)
    asked = list(purposes(actor).filter(active=True))
    changed = False
    if request.method == "POST":
        changed = _text_changed(request, asked)
        if not changed:
            _keep(request, actor, token, asked)
            return HttpResponseRedirect(f"{request.path}?saved=1&language={current_language()}")
    saved = "saved" in request.GET and not changed
    page = preference_page(actor, link.contact_id, asked, saved=saved, changed=changed)
    return HttpResponse(page, status=409 if changed else 200, headers=_HEADERS)


def _text_changed(request: HttpRequest, asked: list[Purpose]) -> bool:
    """Tell whether a text is another than the one that was on the page: nobody agrees to what he has not read."""
    return any(request.POST.get(f"seen.{row.key}", "") != str(_newest(row)) for row in asked)


def _newest(row: Purpose) -> int:
    texts = row.texts.all()
    return texts[0].version if texts else 0


def _keep(request: HttpRequest, actor: Actor, token: Token, asked: list[Purpose]) -> None:
    agent = request.headers.get("User-Agent", "")
    choose_by_link(
        actor,
        token=token,
        purposes={row.key: f"purpose.{row.key}" in request.POST for row in asked},
        channels={key: _wanted(request, key) for key in CHANNELS},
        evidence=Evidence(address(request), agent),
    )


def _wanted(request: HttpRequest, channel: Channel) -> bool:
    if channel == "all":
        return "nothing" not in request.POST
    return f"channel.{channel}" in request.POST
