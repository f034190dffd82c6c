"""Pictures over HTTP: contact-way QR codes and avatars."""

import zlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.control.bodies import world_of
from sandbox.people import support
from sandbox.people.album import group_link
from sandbox.people.codes import living_way
from sandbox.people.errors import missing
from sandbox.people.persons import person
from sandbox.pictures import avatar_svg, draw_code, qr_png
from sandbox.wechat.accounts import account
from sandbox.wecom.contact_ways import link_of
from sandbox.wecom.directory import member_of


async def contact_way_picture(request: Request) -> Response:
    """GET /wwpic/{slug}.png: the QR picture of a contact way, or of a code that leads into a group; 410 when it was deleted."""
    world, slug = world_of(request), request.path_params["slug"]
    headers = {"cache-control": "max-age=300", "access-control-allow-origin": "*"}
    if world.storage.value("SELECT 1 FROM join_ways WHERE slug=? AND deleted=0", slug):
        return Response(draw_code(world, group_link(world, slug)), media_type="image/png", headers=headers)
    way = living_way(world, slug=slug)
    return Response(qr_png(link_of(world, way["slug"])), media_type="image/png", headers=headers)


async def person_avatar(request: Request) -> Response:
    """GET /avatars/persons/{id}.svg."""
    row = person(world_of(request), request.path_params["person_id"])
    return _svg(avatar_svg(row["name"], row["id"]))


async def member_avatar(request: Request) -> Response:
    """GET /avatars/members/{corp_id}/{userid}.svg."""
    corp_id, userid = request.path_params["corp_id"], request.path_params["userid"]
    row = member_of(world_of(request), corp_id, userid)
    if row is None:
        raise missing("member")
    return _svg(avatar_svg(row["name"], zlib.crc32(row["userid"].encode())))


async def account_avatar(request: Request) -> Response:
    """GET /avatars/accounts/{app_id}.svg: an official account or mini-program."""
    row = account(world_of(request), request.path_params["app_id"])
    if row is None:
        raise missing("account")
    return _svg(avatar_svg(row["name"], zlib.crc32(row["app_id"].encode())))


async def service_avatar(request: Request) -> Response:
    """GET /avatars/kf/{open_kfid}.svg: an account of customer service."""
    row = support.account(world_of(request), request.path_params["open_kfid"])
    return _svg(avatar_svg(row["name"], zlib.crc32(row["open_kfid"].encode())))


async def sent_picture(request: Request) -> Response:
    """GET /phonepic/{picture_id}: a picture that somebody sent from his phone."""
    sql = "SELECT * FROM phone_pictures WHERE picture_id=?"
    row = world_of(request).storage.row(sql, request.path_params["picture_id"])
    if row is None:
        raise missing("picture")
    headers = {"cache-control": "max-age=300", "x-content-type-options": "nosniff"}
    return Response(row["content"], media_type=row["content_type"], headers=headers)


async def uploaded_picture(request: Request) -> Response:
    """GET /wwmedia/{media_id}: a picture that an application or a member uploaded."""
    sql = "SELECT * FROM media WHERE media_id=? AND kind IN ('picture', 'image')"
    row = world_of(request).storage.row(sql, request.path_params["media_id"])
    if row is None or not row["content_type"].startswith("image/"):
        raise missing("picture")
    # What was uploaded is shown as a picture only, whatever else is in it.
    headers = {
        "cache-control": "max-age=300",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        "x-content-type-options": "nosniff",
    }
    return Response(row["content"], media_type=row["content_type"], headers=headers)


def _svg(text: str) -> Response:
    return Response(text, media_type="image/svg+xml", headers={"cache-control": "max-age=300"})


routes = [
    Route("/wwpic/{slug}.png", contact_way_picture),
    Route("/wwmedia/{media_id}", uploaded_picture),
    Route("/phonepic/{picture_id}", sent_picture),
    Route("/avatars/accounts/{app_id}.svg", account_avatar),
    Route("/avatars/kf/{open_kfid}.svg", service_avatar),
    Route("/avatars/persons/{person_id:int}.svg", person_avatar),
    Route("/avatars/members/{corp_id}/{userid}.svg", member_avatar),
]
