"""Mini-programs on a phone: opened, and asking who is there as the platform lets them."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from sandbox.people.errors import RefusedError, missing
from sandbox.people.inbox import account_card
from sandbox.people.persons import person
from sandbox.storage import Row
from sandbox.wechat.accounts import account
from sandbox.wechat.people import person_code
from sandbox.world import World

MOST_PATH = 1024
MOST_RECENT = 8
# Numbers of the sandbox's persons: 137 1000 0001 and on, none of which any cloud treats in a special way.
NUMBERS_FROM = 13_710_000_000


def phone_number(world: World, person_id: int) -> str:
    """Return the telephone number in somebody's phone: the one that was entered there, else the one it came with."""
    kept = world.storage.value("SELECT mobile FROM phone_accounts WHERE owner=?", f"p{person_id}")
    return str(kept or NUMBERS_FROM + 5000 + person_id)


def mini_address(world: World, app_id: str, page: str, query: str = "") -> str:
    """Return the text inside a mini-program's code."""
    base = f"{world.settings.base_url}/weixin/mini/{app_id}/{quote(page)}"
    return f"{base}?{query}" if query else base


def open_mini(world: World, person_id: int, app_id: str, path: str, query: str = "") -> dict[str, Any]:
    """Open a mini-program at a page; answers what its screen shows. RefusedError not_found, bad_path."""
    person(world, person_id)
    row = account(world, app_id)
    if row is None or row["kind"] != "mini":
        raise missing("mini-program")
    plain, _, more = path.lstrip("/").partition("?")
    query = "&".join(part for part in (more, query) if part)
    if len(plain) + len(query) > MOST_PATH:
        raise RefusedError("bad_path", f"A page and its query have at most {MOST_PATH} characters.", 400)
    world.storage.insert("mini_visits", app_id=app_id, person_id=person_id, path=plain, query=query, at=world.now())
    world.streams.tell(person_id)
    return account_card(world, app_id, person_id) | {"path": plain, "query": query, "parameters": _parameters(query)}


def _parameters(query: str) -> list[dict[str, str]]:
    return [{"name": name, "value": values[0]} for name, values in parse_qs(query, keep_blank_values=True).items()]


def recent_minis(world: World, person_id: int) -> list[dict[str, Any]]:
    """Return the mini-programs somebody opened last, newest first."""
    rows = world.storage.rows(
        "SELECT app_id FROM mini_visits WHERE person_id=? GROUP BY app_id ORDER BY max(id) DESC LIMIT ?",
        *(person_id, MOST_RECENT),
    )
    return [account_card(world, row["app_id"], person_id) for row in rows]


def login_code(world: World, person_id: int, app_id: str) -> str:
    """Return what wx.login gives the mini-program."""
    return person_code(world, app_id, person_id, "login")


def phone_code(world: World, person_id: int, app_id: str) -> str:
    """Return what the phone button gives the mini-program once the person agreed."""
    return person_code(world, app_id, person_id, "phone", phone_number(world, person_id))


def behind_link(world: World, link: str) -> Row | None:
    """Return the URL link or scheme with this text, while it works; RefusedError code_gone when it has ended."""
    found = world.storage.row("SELECT * FROM wx_links WHERE link=?", link)
    if found is not None and found["expires_at"] <= world.now():
        raise RefusedError("code_gone", "This link has ended.", 410)
    return found


def in_address(url: str) -> tuple[str, str, str] | None:
    """Return account, page and query of the text inside a mini-program's code, or None."""
    parts = urlsplit(url)
    names = parts.path.removeprefix("/weixin/mini/").split("/", 1)
    if not parts.path.startswith("/weixin/mini/") or not names[0]:
        return None
    return names[0], names[1] if len(names) > 1 else "", parts.query
