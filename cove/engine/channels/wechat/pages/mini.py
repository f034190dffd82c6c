"""``/wechat/mini/…``: a mini-program signs its user in, and hands over the phone number that he agreed to give (fact sheet C9).

`account` stands in the address, the rest in a JSON body. A mini-program sends no cookies and no origin: what protects these doors is the
platform's code, which works once, and the token that the sign-in gives.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import BaseModel, Field, ValidationError

from cove.directory.privacy.contracts import Evidence
from cove.engine.channels.wechat import facade
from cove.engine.channels.wechat.errors import ConsentNeeded, SessionOver
from cove.engine.channels.wechat.models import WechatAccount
from cove.engine.channels.wechat.pages import tickets
from cove.engine.channels.wechat.pages.accounts import door_of, patiently, refusal
from cove.kernel.errors import CoveError, InvalidInput
from cove.kernel.http.doors import address
from cove.kernel.throttle.limit import Limit, count_try
from cove.kernel.visitors import is_visitor
from cove.kernel.words import Words

MOST_BODY = 8_000
# Numbers cost money at the platform, and nobody gives his a dozen times an hour.
PHONES_A_PERSON = Limit("wechat.phones", 10, 3600)
_BAD_BODY = Words("请求体应为 JSON 对象，不超过 8 KB", "The body must be a JSON object of at most 8 KB")
_WRONG = Words("缺少或格式不正确", "Missing or not as it should be")

M = TypeVar("M", bound=BaseModel)


class Login(BaseModel):
    """`code` of ``wx.login``; `anonymous_id` is the number under which the SDK counts this phone."""

    code: str = Field(min_length=1, max_length=512)
    anonymous_id: str = Field("", max_length=64)


class Phone(BaseModel):
    """`code` of the phone button; `agreed`: he agreed to the privacy notice; `purposes`: what else he agreed to, by key."""

    code: str = Field(min_length=1, max_length=512)
    agreed: bool = False
    purposes: dict[str, bool] = Field(default_factory=dict, max_length=20)


@csrf_exempt
@require_POST
def login(request: HttpRequest) -> JsonResponse:
    """Answer a token for who signed in with the code of ``wx.login``, and for how many seconds it is good."""
    try:
        door = door_of(request, WechatAccount.Kind.MINI)
        said = _read(request, Login)
        if said.anonymous_id and not is_visitor(said.anonymous_id):
            raise InvalidInput(fields={"anonymous_id": _WRONG})
        card = patiently(
            facade.mini_session(door.actor, account_id=door.account_id, code=said.code, anonymous_id=said.anonymous_id)
        )
    except CoveError as error:
        return refusal(request, error)
    token, seconds = tickets.mini_token(tickets.MiniTicket(door.actor.tenant_id, door.account_id, card.openid))
    return _answer({"token": token, "expires_in": seconds})


@csrf_exempt
@require_POST
def phone(request: HttpRequest) -> JsonResponse:
    """Answer the number behind the phone button's code and keep it, with what the person agreed to, for whoever the token says he is."""
    try:
        door = door_of(request, WechatAccount.Kind.MINI)
        who = tickets.read_mini_token(request)
        if (who.tenant_id, who.account_id) != (door.actor.tenant_id, door.account_id):
            raise SessionOver
        said = _read(request, Phone)
        if not said.agreed:
            raise ConsentNeeded(fields={"agreed": ConsentNeeded.words})
        count_try(PHONES_A_PERSON, f"{who.account_id}:{who.openid}")
        evidence = Evidence(address(request), request.headers.get("User-Agent", ""))
        number = patiently(
            facade.mini_phone(
                door.actor,
                account_id=door.account_id,
                openid=who.openid,
                code=said.code,
                purposes=said.purposes,
                evidence=evidence,
            )
        )
    except CoveError as error:
        return refusal(request, error)
    return _answer({"phone": number})


def _read(request: HttpRequest, model: type[M]) -> M:
    try:
        body = request.body
        document = json.loads(body) if len(body) <= MOST_BODY else None
    except (ValueError, RecursionError) as error:
        raise InvalidInput(fields={"body": _BAD_BODY}) from error
    if not isinstance(document, dict):
        raise InvalidInput(fields={"body": _BAD_BODY})
    try:
        return model.model_validate(document)
    except ValidationError as error:
        fields = {str(one["loc"][0]) if one["loc"] else "body": _WRONG for one in error.errors()}
        raise InvalidInput(fields=fields) from error


def _answer(document: dict[str, Any]) -> JsonResponse:
    return JsonResponse(document, headers={"Cache-Control": "no-store"})
