"""The toolbar of members' chats: which pages an application has in it, and a member who opens one beside a chat."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.browser.places import GROUP_CHAT, PROFILE, SINGLE_CHAT, stand_at
from sandbox.browser.targets import open_page
from sandbox.browser.viewers import member_view
from sandbox.control.bodies import body_of, number, text, world_of
from sandbox.control.corps import app_of
from sandbox.people.errors import RefusedError, missing
from sandbox.storage import Row
from sandbox.wecom.directory import member_of
from sandbox.world import World

MOST_PAGES = 20


def toolbar_of(world: World, corp_id: str) -> list[Row]:
    """Return the pages in the toolbar of a company's chats, each with the name of its application."""
    return world.storage.rows(
        "SELECT toolbar_pages.id, toolbar_pages.agent_id, apps.name AS app, toolbar_pages.name, url FROM toolbar_pages"
        " JOIN apps USING (corp_id, agent_id) WHERE corp_id=? ORDER BY toolbar_pages.id",
        corp_id,
    )


async def set_toolbar(request: Request) -> Response:
    """PUT corps/{corp_id}/apps/{agent_id}/toolbar {pages: [{name, url}]} replaces an application's pages; GET shows them."""
    world, app = world_of(request), app_of(world_of(request), request)
    if request.method == "PUT":
        pages = _wanted(await body_of(request))
        with world.storage.transaction():
            world.storage.run(
                "DELETE FROM toolbar_pages WHERE corp_id=? AND agent_id=?", app["corp_id"], app["agent_id"]
            )
            for name, url in pages:
                world.storage.insert(
                    "toolbar_pages", corp_id=app["corp_id"], agent_id=app["agent_id"], name=name, url=url
                )
    shown = [row for row in toolbar_of(world, app["corp_id"]) if row["agent_id"] == app["agent_id"]]
    return JSONResponse({"pages": [{"id": row["id"], "name": row["name"], "url": row["url"]} for row in shown]})


def _wanted(body: dict[str, Any]) -> list[tuple[str, str]]:
    pages = body.get("pages")
    if not isinstance(pages, list) or len(pages) > MOST_PAGES or not all(isinstance(page, dict) for page in pages):
        raise RefusedError("bad_field", f"pages must be a list of at most {MOST_PAGES} pages.", 400)
    found = [(text(page, "name").strip(), text(page, "url").strip()) for page in pages]
    if not all(name for name, _ in found):
        raise RefusedError("bad_name", "A page of the toolbar has a name.")
    if not all(url.startswith(("http://", "https://")) for _, url in found):
        raise RefusedError("bad_url", "The address must begin with http:// or https://.")
    return found


async def open_toolbar(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/toolbar {page_id, person_id} or {page_id, chat_id}, {profile: true} for a customer's profile.

    Answers where the member's web view finds the page.
    """
    world, body = world_of(request), await body_of(request)
    member = member_of(world, request.path_params["corp_id"], request.path_params["userid"])
    if member is None:
        raise missing("member")
    wanted = number(body, "page_id")
    page = next((row for row in toolbar_of(world, member["corp_id"]) if row["id"] == wanted), None)
    if page is None:
        raise missing("toolbar page")
    view = member_view(world, member)
    if "chat_id" in body:
        stand_at(world, view, GROUP_CHAT, chat_id=_group(world, member, text(body, "chat_id")))
    else:
        person_id = _customer(world, member, number(body, "person_id"))
        stand_at(world, view, PROFILE if body.get("profile") is True else SINGLE_CHAT, person_id=person_id)
    return JSONResponse({"name": page["name"], "url": page["url"], "src": open_page(world, view, page["url"])})


def _customer(world: World, member: Row, person_id: int) -> int:
    found = "SELECT 1 FROM relations WHERE corp_id=? AND userid=? AND person_id=? AND stage!='requested'"
    if not world.storage.row(found, member["corp_id"], member["userid"], person_id):
        raise RefusedError("no_friends", "The two are no friends.", 409)
    return person_id


def _group(world: World, member: Row, chat_id: str) -> str:
    found = "SELECT 1 FROM group_members WHERE chat_id=? AND kind=1 AND key=? COLLATE NOCASE"
    if not world.storage.row(found, chat_id, member["userid"]):
        raise RefusedError("not_in_group", "The member is not in this group.", 409)
    return chat_id


routes = [
    Route("/corps/{corp_id}/apps/{agent_id:int}/toolbar", set_toolbar, methods=["GET", "PUT"]),
    Route("/corps/{corp_id}/members/{userid}/toolbar", open_toolbar, methods=["POST"]),
]
