"""Beside what a member's web view was opened: on the workbench, in a chat's toolbar, in a customer's profile."""

from sandbox.storage import Row
from sandbox.world import World

# Source: WeCom document 94325 (getContext).
WORKBENCH, SINGLE_CHAT, GROUP_CHAT, PROFILE = "normal", "single_chat_tools", "group_chat_tools", "contact_profile"


def stand_at(world: World, view: str, entry: str, *, person_id: int | None = None, chat_id: str = "") -> None:
    """Remember where a web view was opened; what its last pages were allowed ends."""
    with world.storage.transaction():
        world.storage.run("DELETE FROM js_grants WHERE view=?", view)
        world.storage.run(
            "INSERT INTO view_places (view, entry, person_id, chat_id) VALUES (?, ?, ?, ?) ON CONFLICT (view)"
            " DO UPDATE SET entry=excluded.entry, person_id=excluded.person_id, chat_id=excluded.chat_id",
            view,
            entry,
            person_id,
            chat_id,
        )


def place_of(world: World, view: str) -> Row:
    """Return where a web view was opened: entry, person_id, chat_id."""
    found = world.storage.row("SELECT entry, person_id, chat_id FROM view_places WHERE view=?", view)
    return found or {"entry": WORKBENCH, "person_id": None, "chat_id": ""}
