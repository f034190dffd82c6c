"""Customers who write to WeChat customer service, and members who answer there."""

import hashlib
import secrets
from typing import Any

from sandbox.people.errors import RefusedError, missing
from sandbox.people.groups import external_of as known_as
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.events import raise_event
from sandbox.wecom.kf import ENDED, HUMAN, NEW, WINDOW_SECONDS, keep, make_code
from sandbox.world import World

EVENT = "kf_msg_or_event"


def account(world: World, open_kfid: str) -> Row:
    """One account; RefusedError not_found."""
    found = world.storage.row("SELECT * FROM kf_accounts WHERE open_kfid=? AND deleted=0", open_kfid)
    if found is None:
        raise missing("account")
    return found


def enter(world: World, pusher: Pusher, open_kfid: str, person_id: int, scene: str = "") -> None:
    """Let a visitor open the conversation; a greeting is possible when he has not written and got none in 48 hours."""
    of, session = account(world, open_kfid), _session(world, open_kfid, person_id)
    body: dict[str, Any] = {
        "event_type": "enter_session",
        "open_kfid": open_kfid,
        "external_userid": known_as(world, of["corp_id"], person_id),
        "scene": scene,
        "scene_param": "",
    }
    if not session["heard_at"] and world.now() - session["welcomed_at"] > WINDOW_SECONDS:
        body["welcome_code"] = make_code(world, session, "welcome")
        world.storage.run(
            "UPDATE kf_sessions SET welcomed_at=? WHERE open_kfid=? AND person_id=?", world.now(), open_kfid, person_id
        )
    keep(world, session, 4, "event", body)
    _tell(world, pusher, of)


def write(world: World, pusher: Pusher, open_kfid: str, person_id: int, text: str, *, menu_id: str = "") -> None:
    """Let a visitor write, or press an entry of a menu."""
    say(world, pusher, open_kfid, person_id, "text", {"content": text} | ({"menu_id": menu_id} if menu_id else {}))


def say(world: World, pusher: Pusher, open_kfid: str, person_id: int, kind: str, body: dict[str, Any]) -> None:
    """Let a visitor send a message of any kind, in the shape in which kf/sync_msg tells it.

    A conversation that had ended begins anew, and five answers are allowed again.
    """
    of, session = account(world, open_kfid), _session(world, open_kfid, person_id)
    known_as(world, of["corp_id"], person_id)
    state = NEW if session["state"] == ENDED else session["state"]
    world.storage.run(
        "UPDATE kf_sessions SET heard_at=?, sent=0, state=? WHERE open_kfid=? AND person_id=?",
        world.now(),
        state,
        open_kfid,
        person_id,
    )
    keep(world, session, 3, kind, body)
    _tell(world, pusher, of)


def tell_event(world: World, pusher: Pusher, open_kfid: str, person_id: int, event: dict[str, Any]) -> None:
    """Let something happen in a conversation, as an event of kf/sync_msg with these fields."""
    of, session = account(world, open_kfid), _session(world, open_kfid, person_id)
    body = {"open_kfid": open_kfid, "external_userid": known_as(world, of["corp_id"], person_id)} | event
    keep(world, session, 4, "event", body)
    _tell(world, pusher, of)


def answer(world: World, pusher: Pusher, open_kfid: str, person_id: int, userid: str, text: str) -> None:
    """Let a servicer answer in his client."""
    of, session = account(world, open_kfid), _session(world, open_kfid, person_id)
    world.storage.run(
        "UPDATE kf_sessions SET state=?, servicer=? WHERE open_kfid=? AND person_id=?",
        HUMAN,
        userid,
        open_kfid,
        person_id,
    )
    msgid = keep(world, session, 5, "text", {"content": text})
    world.storage.run("UPDATE kf_messages SET servicer=? WHERE msgid=?", userid, msgid)
    _tell(world, pusher, of)


def end(world: World, pusher: Pusher, open_kfid: str, person_id: int, userid: str) -> None:
    """Let a servicer end the conversation in his client (session_status_change 3); RefusedError task_over when he has it not."""
    of, session = account(world, open_kfid), _session(world, open_kfid, person_id)
    if session["state"] != HUMAN or session["servicer"].lower() != userid.lower():
        raise RefusedError("task_over", "This servicer does not look after the conversation.", 409)
    where = "WHERE open_kfid=? AND person_id=?"
    world.storage.run(f"UPDATE kf_sessions SET state=?, servicer='' {where}", ENDED, open_kfid, person_id)  # noqa: S608 (ours)
    body = {
        "event_type": "session_status_change",
        "open_kfid": open_kfid,
        "external_userid": known_as(world, of["corp_id"], person_id),
        "change_type": 3,
        "old_servicer_userid": session["servicer"],
        "new_servicer_userid": "",
        "msg_code": make_code(world, session, "end"),
    }
    keep(world, session, 4, "event", body)
    _tell(world, pusher, of)


def tell_past(then: World, open_kfid: str, person_id: int, text: str, servicer: str = "") -> bool:
    """Note what a visitor said, or a `servicer` answered, at the time of `then`, and tell nobody; False if it was noted before."""
    session, at = _session(then, open_kfid, person_id), then.now()
    msgid = hashlib.sha256(f"{person_id}:{at}:{servicer}:{text}".encode()).hexdigest()[:32]
    if then.storage.row(
        "SELECT 1 FROM kf_messages WHERE open_kfid=? AND person_id=? AND at=? AND msgid=?",
        open_kfid,
        person_id,
        at,
        msgid,
    ):
        return False
    keep(then, session, 5 if servicer else 3, "text", {"content": text}, msgid=msgid)
    if servicer:
        then.storage.run(
            "UPDATE kf_messages SET servicer=? WHERE person_id=? AND at=? AND msgid=?", servicer, person_id, at, msgid
        )
    state, who = (HUMAN, servicer) if servicer else (session["state"], session["servicer"])
    then.storage.run(
        "UPDATE kf_sessions SET state=?, servicer=?, heard_at=max(heard_at, ?) WHERE open_kfid=? AND person_id=?",
        state,
        who,
        0 if servicer else at,
        open_kfid,
        person_id,
    )
    return True


def tell_news(world: World, pusher: Pusher, open_kfid: str) -> None:
    """Tell the corp that there is something new in an account."""
    _tell(world, pusher, account(world, open_kfid))


def _session(world: World, open_kfid: str, person_id: int) -> Row:
    world.storage.run("INSERT OR IGNORE INTO kf_sessions (open_kfid, person_id) VALUES (?, ?)", open_kfid, person_id)
    found = world.storage.row("SELECT * FROM kf_sessions WHERE open_kfid=? AND person_id=?", open_kfid, person_id)
    assert found is not None
    return found


def _tell(world: World, pusher: Pusher, of: Row) -> None:
    token = secrets.token_urlsafe(32)
    world.storage.insert("kf_tokens", token=token, open_kfid=of["open_kfid"], created_at=world.now())
    fields = {"Token": token, "OpenKfId": of["open_kfid"]}
    pusher.push(raise_event(world, of["corp_id"], EVENT, fields, customer=of["open_kfid"]))
