"""Mail and text messages as every phone has them: which number and mailbox are a phone's, and what came there."""

import re
from typing import Any

import httpx

from sandbox.people.codes import is_loopback, split
from sandbox.people.errors import RefusedError, missing
from sandbox.people.minis import phone_number
from sandbox.people.persons import person
from sandbox.phones.mail import one_click
from sandbox.storage import Row
from sandbox.wecom.directory import member_of
from sandbox.world import World

MOST = 100
WORDS_SHOWN = 120
MOBILE = re.compile(r"^1\d{10}$")
ADDRESS = re.compile(r"^[^@\s<>\"]{1,64}@[^@\s<>\"]{1,190}$")
PATIENCE = 10
OK_BELOW = 400


def account_of(world: World, owner: str) -> dict[str, str]:
    """Return `mobile` and `email` of a phone (`p7`, `corp/userid`); RefusedError not_found."""
    kept = world.storage.row("SELECT mobile, email FROM phone_accounts WHERE owner=?", owner)
    return kept or _came_with(world, owner)


def _came_with(world: World, owner: str) -> dict[str, str]:
    corp_id, slash, userid = owner.partition("/")
    if slash:
        member = member_of(world, corp_id, userid)
        if member is None:
            raise missing("phone")
        return {"mobile": member["mobile"], "email": member["email"] or f"{member['userid'].lower()}@staff.example"}
    if not (owner.startswith("p") and owner[1:].isdecimal() and len(owner) <= len("p999999999")):
        raise missing("phone")
    number = person(world, int(owner[1:]))["id"]
    return {"mobile": phone_number(world, number), "email": f"visitor{number}@mail.example"}


def change(world: World, owner: str, *, mobile: str, email: str) -> None:
    """Give a phone another number or mailbox; RefusedError bad_mobile or bad_email."""
    account_of(world, owner)
    if mobile and not MOBILE.match(mobile):
        raise RefusedError("bad_mobile", "A mobile number has 11 digits and begins with 1.")
    if email and not ADDRESS.match(email):
        raise RefusedError("bad_email", "This is no e-mail address.")
    world.storage.run(
        "INSERT INTO phone_accounts (owner, mobile, email) VALUES (?, ?, ?)"
        " ON CONFLICT (owner) DO UPDATE SET mobile=excluded.mobile, email=excluded.email",
        owner,
        mobile,
        email.lower(),
    )


def show(world: World, owner: str) -> dict[str, Any]:
    """Return a phone's mails and text messages, the newest mail first, texts by who sent them."""
    account = account_of(world, owner)
    return account | {
        "now": world.now(),
        "mails": _mails(world, account["email"]),
        "texts": _texts(world, account["mobile"]),
        "addresses": [
            row["address"]
            for row in world.storage.rows("SELECT address FROM mails GROUP BY address ORDER BY max(id) DESC LIMIT 8")
        ],
        "mobiles": [
            row["phone"]
            for row in world.storage.rows("SELECT phone FROM sms_messages GROUP BY phone ORDER BY max(id) DESC LIMIT 8")
        ],
    }


def _mails(world: World, address: str) -> list[dict[str, Any]]:
    rows = world.storage.rows(
        "SELECT id, at, sender, subject, substr(text, 1, ?) AS words, read,"
        " EXISTS (SELECT 1 FROM mail_marks WHERE mail_id=mails.id AND mark='spam') AS spam"
        " FROM mails WHERE address=? ORDER BY id DESC LIMIT ?",
        WORDS_SHOWN,
        address.lower(),
        MOST,
    )
    return [row | {"read": bool(row["read"]), "spam": bool(row["spam"])} for row in rows]


def _texts(world: World, mobile: str) -> list[dict[str, Any]]:
    got = world.storage.rows(
        "SELECT id, signature, text, at, read, 'got' AS way FROM sms_messages WHERE phone=? AND state!='failed'"
        " ORDER BY id DESC LIMIT ?",
        mobile,
        MOST,
    )
    said = world.storage.rows(
        "SELECT id, signature, text, at, 1 AS read, 'said' AS way FROM sms_replies WHERE phone=? ORDER BY id DESC LIMIT ?",
        mobile,
        MOST,
    )
    threads: dict[str, list[Row]] = {}
    for row in sorted(got + said, key=lambda row: (row["at"], row["way"], row["id"])):
        threads.setdefault(row["signature"], []).append(row)
    return [
        {"signature": signature, "unread": sum(not row["read"] for row in rows), "messages": rows, "at": rows[-1]["at"]}
        for signature, rows in sorted(threads.items(), key=lambda one: -one[1][-1]["at"])
    ]


def mail(world: World, mail_id: int) -> dict[str, Any]:
    """Return one mail whole and note that it was read; RefusedError not_found."""
    row = world.storage.row(
        "SELECT mails.*, raw, dkim, domain FROM mails LEFT JOIN mail_sources ON mail_id=mails.id WHERE mails.id=?",
        mail_id,
    )
    if row is None:
        raise missing("mail")
    world.storage.run("UPDATE mails SET read=1 WHERE id=?", mail_id)
    names = ("id", "at", "sender", "address", "subject", "text", "html", "dkim", "domain")
    marks = [one["mark"] for one in world.storage.rows("SELECT mark FROM mail_marks WHERE mail_id=?", mail_id)]
    leave = bool(row["raw"] and one_click(row["raw"]))
    return {name: row[name] for name in names} | {"leave": leave, "marks": marks, "source": row["raw"] is not None}


def mark(world: World, mail_id: int, what: str) -> None:
    """Note what was done with a mail: `spam` or `left`."""
    world.storage.run("INSERT OR IGNORE INTO mail_marks (mail_id, mark) VALUES (?, ?)", mail_id, what)


def read_texts(world: World, owner: str, signature: str) -> None:
    """Note that what one sender wrote was seen."""
    mobile = account_of(world, owner)["mobile"]
    world.storage.run("UPDATE sms_messages SET read=1 WHERE phone=? AND signature=?", mobile, signature)


async def leave(world: World, mail_id: int) -> None:
    """Unsubscribe with one click, as mail programs do (RFC 8058); RefusedError no_way_out, not_local or not_taken."""
    raw = world.storage.value("SELECT raw FROM mail_sources WHERE mail_id=?", mail_id)
    address = one_click(raw) if raw else ""
    if not address:
        raise RefusedError("no_way_out", "The mail offers no unsubscribing with one click.")
    if not is_loopback(split(address)):
        raise RefusedError("not_local", "The phones of the sandbox reach only pages on this machine.")
    try:
        answer = await world.client.post(address, data={"List-Unsubscribe": "One-Click"}, timeout=PATIENCE)
        taken = answer.status_code < OK_BELOW
    except httpx.HTTPError:
        taken = False
    if not taken:
        raise RefusedError("not_taken", "The sender's page did not take it.", 502)
    mark(world, mail_id, "left")
