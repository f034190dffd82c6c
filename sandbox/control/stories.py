"""Telling the sandbox what happened some time ago, over the scripting API."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, number, pusher_of, text, world_of
from sandbox.people import friends, stories
from sandbox.people.errors import RefusedError
from sandbox.people.stories import Doing
from sandbox.wechat import accounts
from sandbox.world import World

DOINGS = ("add", "leave", "say", "answer")
KF_NAME = "在线客服"


def _list(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = body.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise RefusedError("bad_field", f"{name} must be a list of objects.", 400)
    return found


def _persons(body: dict[str, Any]) -> list[dict[str, Any]]:
    names = ("name", "unionid", "external_userid")
    return [
        {name: text(one, name) for name in names} | {"gender": number(one, "gender", 0), "at": number(one, "at")}
        for one in _list(body, "persons")
    ]


def _doing(one: dict[str, Any]) -> Doing:
    if one.get("do") not in DOINGS:
        raise RefusedError("bad_field", f"do must be one of {', '.join(DOINGS)}.", 400)
    texts = {name: text(one, name, "") for name in ("do", "person", "userid", "code", "text", "remark")}
    return Doing(at=number(one, "at"), **texts)


def _friendship(one: dict[str, Any]) -> dict[str, Any]:
    texts = {name: text(one, name, "") for name in ("external_userid", "userid", "state", "remark")}
    tag_ids = [str(key) for key in one.get("tag_ids") or []]
    return texts | {"at": number(one, "at"), "add_way": number(one, "add_way", 0), "tag_ids": tag_ids}


def _follower(world: World, one: dict[str, Any]) -> dict[str, Any]:
    texts = {name: text(one, name, "") for name in ("app_id", "person", "openid", "scene", "qr_scene")}
    if not texts["openid"] or accounts.account(world, texts["app_id"]) is None:
        raise RefusedError("bad_field", "followers need the app_id of an account and an openid.", 400)
    return texts | {"since": number(one, "since", 0)}


def _group(one: dict[str, Any]) -> dict[str, Any]:
    members = [
        {"person": text(each, "person"), "at": number(each, "at"), "scene": number(each, "scene", 1)}
        for each in _list(one, "members")
    ]
    return {name: text(one, name) for name in ("chat_id", "name", "owner")} | {
        "at": number(one, "at"),
        "members": members,
    }


def _account(world: World, corp_id: str, name: str) -> str:
    """Return the account of customer service of this name, made now if there is none."""
    known = world.storage.value(
        "SELECT open_kfid FROM kf_accounts WHERE corp_id=? AND name=? AND deleted=0", corp_id, name
    )
    if known:
        return str(known)
    made = f"wk{name.encode().hex()[:20]}"
    world.storage.insert("kf_accounts", open_kfid=made, corp_id=corp_id, name=name, created_at=world.now())
    return made


async def tell(request: Request) -> Response:
    """POST corps/{corp_id}/story {persons?, doings?, friendships?, followers?, groups?, customer_service?}.

    `persons` {external_userid, unionid, name, gender, at}; `doings` {at, do, person, userid, code?, text?, remark?} happen with their
    events, in order, and all events have arrived when this answers; `friendships` {external_userid, userid, state, add_way, remark,
    tag_ids, at} are noted without any, and so are `followers` {app_id, person, openid, since, scene, qr_scene} of official accounts and
    users of mini-programs (`since` the second from which on he follows, 0 for who does not) and customer `groups`
    {chat_id, name, owner, at, members: [{person, at, scene}]}. `customer_service` names the account in
    which they talk. Answered is {told, open_kfid, persons}: how many doings were new, and each person's number.
    """
    world, body, corp_id = world_of(request), await body_of(request), request.path_params["corp_id"]
    friends.corp(world, corp_id)
    doings = [_doing(one) for one in _list(body, "doings")]
    spoken = any(one.do in ("say", "answer") for one in doings)
    account = _account(world, corp_id, text(body, "customer_service", KF_NAME)) if spoken else ""
    persons = stories.introduce(world, corp_id, _persons(body))
    stories.settle(world, corp_id, [_friendship(one) for one in _list(body, "friendships")])
    stories.settle_followers(world, corp_id, [_follower(world, one) for one in _list(body, "followers")])
    stories.settle_groups(world, corp_id, [_group(one) for one in _list(body, "groups")])
    told = await stories.tell(world, pusher_of(request), corp_id, doings, account)
    return JSONResponse({"told": told, "open_kfid": account, "persons": persons})


routes = [Route("/corps/{corp_id}/story", tell, methods=["POST"])]
