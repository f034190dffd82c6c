"""朋友圈: what the members whom somebody knows published, with what those who see it did."""

import json
from typing import Any

from sandbox.people.errors import RefusedError, missing
from sandbox.people.inbox import keep_mark
from sandbox.people.persons import person
from sandbox.people.showing import from_wecom
from sandbox.storage import Row
from sandbox.wecom.directory import member_of
from sandbox.world import World

MOST_POSTS = 50
MOST_WORDS = 500
CHAT = "moments"


def posts_of(world: World, person_id: int) -> list[dict[str, Any]]:
    """Return the moments this person can see, newest first."""
    person(world, person_id)
    return [_post(world, row, person_id) for row in _visible(world, person_id)]


def fresh_posts(world: World, person_id: int) -> int:
    """Return how many moments came since the person looked."""
    find = "SELECT read_to FROM chat_marks WHERE person_id=? AND chat=?"
    seen = world.storage.value(find, person_id, CHAT) or 0
    return sum(row["number"] > seen for row in _visible(world, person_id))


def mark_seen(world: World, person_id: int) -> None:
    """Note that the person has looked at all of them."""
    rows = _visible(world, person_id)
    if rows and fresh_posts(world, person_id):
        keep_mark(world, person_id, CHAT, max(row["number"] for row in rows))
        world.streams.tell(person_id)


def like(world: World, moment_id: str, userid: str, person_id: int, *, liked: bool) -> None:
    """Like a moment, or take the like back."""
    post = _seen(world, moment_id, userid, person_id)
    where = (moment_id, post["userid"], person_id)
    known = "moment_id=? AND userid=? AND person_id=? AND kind='like'"
    world.storage.run(f"DELETE FROM moment_reactions WHERE {known}", *where)  # noqa: S608 (ours)
    if liked:
        _react(world, post, person_id, "like")
    _tell(world, post)


def comment(world: World, moment_id: str, userid: str, person_id: int, words: str) -> None:
    """Write below a moment; RefusedError bad_text."""
    post, words = _seen(world, moment_id, userid, person_id), words.strip()
    if not 1 <= len(words) <= MOST_WORDS:
        raise RefusedError("bad_text", f"A comment has 1 to {MOST_WORDS} characters.")
    with world.storage.transaction():
        reaction = _react(world, post, person_id, "comment")
        world.storage.insert("moment_words", reaction_id=reaction, words=words)
    _tell(world, post)


def viewers_of(world: World, corp_id: str, customers: str) -> list[int]:
    """Return the persons behind the external ids that a moment was published for."""
    rows = world.storage.rows(
        "SELECT person_id FROM externals WHERE corp_id=? AND external_userid IN (SELECT value FROM json_each(?))",
        *(corp_id, customers),
    )
    return [row["person_id"] for row in rows]


def _react(world: World, post: Row, person_id: int, kind: str) -> int:
    return world.storage.insert(
        "moment_reactions",
        moment_id=post["moment_id"],
        userid=post["userid"],
        person_id=person_id,
        kind=kind,
        at=world.now(),
    )


def _tell(world: World, post: Row) -> None:
    for one in viewers_of(world, post["corp_id"], post["customers"]):
        world.streams.tell(one)


def _visible(world: World, person_id: int) -> list[Row]:
    """Return published moments for this person by members who are his friends still."""
    return world.storage.rows(
        "SELECT p.published_at AS number, p.*, m.corp_id, m.content FROM moment_members p JOIN moments m USING (moment_id)"
        " JOIN relations r ON r.corp_id=m.corp_id AND r.userid=p.userid AND r.person_id=? AND r.stage='full'"
        " JOIN externals e ON e.corp_id=m.corp_id AND e.person_id=r.person_id"
        " WHERE p.published_at IS NOT NULL AND e.external_userid IN (SELECT value FROM json_each(p.customers))"
        " ORDER BY p.published_at DESC, p.rowid DESC LIMIT ?",
        *(person_id, MOST_POSTS),
    )


def _seen(world: World, moment_id: str, userid: str, person_id: int) -> Row:
    for row in _visible(world, person_id):
        if row["moment_id"] == moment_id and row["userid"].lower() == userid.lower():
            return row
    raise missing("moment")


def _post(world: World, row: Row, person_id: int) -> dict[str, Any]:
    member, content = member_of(world, row["corp_id"], row["userid"]), json.loads(row["content"])
    reactions = world.storage.rows(
        "SELECT r.*, w.words, p.name FROM moment_reactions r JOIN persons p ON p.id=r.person_id"
        " LEFT JOIN moment_words w ON w.reaction_id=r.id WHERE r.moment_id=? AND r.userid=? ORDER BY r.id",
        *(row["moment_id"], row["userid"]),
    )
    # A customer sees what he did himself and nothing of other customers: they do not know each other.
    mine = [one for one in reactions if one["person_id"] == person_id]
    attachments = [from_wecom(world, one["msgtype"], one[one["msgtype"]]) for one in content["attachments"]]
    return {
        "moment_id": row["moment_id"],
        "userid": row["userid"],
        "corp_name": world.storage.value("SELECT name FROM corps WHERE corp_id=?", row["corp_id"]),
        "name": member["name"] if member else row["userid"],
        "avatar": f"/avatars/members/{row['corp_id']}/{row['userid']}.svg",
        "text": content["text"],
        "attachments": [{"kind": kind, "body": body} for kind, body in attachments],
        "at": row["published_at"],
        "liked": any(one["kind"] == "like" for one in mine),
        "likes": [one["name"] for one in mine if one["kind"] == "like"],
        "comments": [{"name": one["name"], "words": one["words"] or ""} for one in mine if one["kind"] == "comment"],
    }
