"""What a provider checks before it takes a message, and what the carriers make of it.

Limits: Aliyun document 44335 (codes 1 a minute, 5 an hour, 10 a day; marketing 50 a day) for one number and signature.
Numbers ending in 0001 are out of service, in 0002 switched off, in 0003 never heard of again, in 0004 on the black list.
"""

import re
import secrets
from dataclasses import dataclass

from sandbox.storage import Row
from sandbox.streams import SMS
from sandbox.world import World

APPROVED = 1
CODE, NOTICE, MARKETING = 0, 1, 2
MINUTE, HOUR, DAY = 60, 3600, 86400
LIMITS = {CODE: ((MINUTE, 1), (HOUR, 5), (DAY, 10)), NOTICE: ((DAY, 50),), MARKETING: ((DAY, 50),)}
LONGEST_VALUE = 35
VARIABLE = re.compile(r"\$\{(\w+)\}|\{(\d+)\}")
MAINLAND = re.compile(r"1[3-9]\d{9}")
ENDS = {"0001": "MOBILE_NOT_ON_SERVICE", "0002": "EXPIRED"}
SILENT, BLACK = "0003", "0004"


class RefusalError(Exception):
    """The provider says no; `reason` is the sandbox's own name for it, which each door spells its own way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Asked:
    """A message as a door understood it; `values` are the template's variables by name."""

    phone: str
    signature: str
    template_code: str
    values: dict[str, str]
    mark: str = ""


def take(world: World, account: Row, asked: Asked, serial: str = "") -> Row:
    """Check and keep a message, under the number of its call if that has one; returns its row. Raises RefusalError."""
    text, parts, purpose = check(world, account, asked)
    if account["balance"] < parts:
        raise RefusalError("balance")
    with world.storage.transaction():
        world.storage.change("UPDATE sms_accounts SET balance=balance-? WHERE key_id=?", parts, account["key_id"])
        key = world.storage.insert(
            "sms_messages",
            key_id=account["key_id"],
            serial=serial or new_serial(world),
            phone=asked.phone,
            signature=asked.signature,
            template_code=asked.template_code,
            purpose=purpose,
            text=text,
            mark=asked.mark,
            parts=parts,
            at=world.now(),
        )
    world.streams.tell(SMS)
    return world.storage.row("SELECT * FROM sms_messages WHERE id=?", key) or {}


def new_serial(world: World) -> str:
    """Return a number for a message, or for a call of several."""
    return f"{secrets.randbelow(10**15):015d}^{world.now()}"


def check(world: World, account: Row, asked: Asked) -> tuple[str, int, int]:
    """Return what a message says, in how many parts, and what kind it is of. Raises RefusalError for all but the balance."""
    if not MAINLAND.fullmatch(asked.phone):
        raise RefusalError("number")
    template = _template(world, account, asked)
    text = f"【{asked.signature}】{VARIABLE.sub(lambda found: asked.values[found[1] or found[2]], template['content'])}"
    # Carriers count units of UTF-16, so that a sign beyond the first plane counts twice.
    length = len(text.encode("utf-16-le")) // 2
    parts = 1 if length <= 70 else -(-length // 67)  # noqa: PLR2004 -- 70 and 67, as carriers count
    if asked.phone.endswith(BLACK):
        raise RefusalError("black")
    _check_limits(world, account, asked, template["purpose"])
    return text, parts, template["purpose"]


def carry(world: World, message: Row) -> Row | None:
    """Let the carriers end a message; returns it with its end, None if nothing will ever be heard of it."""
    if message["phone"].endswith(SILENT):
        return None
    code = ENDS.get(message["phone"][-4:], "DELIVERED")
    state = "arrived" if code == "DELIVERED" else "failed"
    world.storage.change(
        "UPDATE sms_messages SET state=?, code=?, ended_at=? WHERE id=?", state, code, world.now(), message["id"]
    )
    return world.storage.row("SELECT * FROM sms_messages WHERE id=?", message["id"])


def reply(world: World, phone: str, text: str, signature: str = "") -> Row | None:
    """Answer the last message that a number got, or the last of one sender; returns the answer, None if it never got any."""
    last = world.storage.row(
        "SELECT * FROM sms_messages WHERE phone=? AND (?='' OR signature=?) ORDER BY id DESC LIMIT 1",
        phone,
        signature,
        signature,
    )
    if last is None:
        return None
    key = world.storage.insert(
        "sms_replies", key_id=last["key_id"], phone=phone, text=text, signature=last["signature"], at=world.now()
    )
    world.streams.tell(SMS)
    return world.storage.row("SELECT * FROM sms_replies WHERE id=?", key)


def _template(world: World, account: Row, asked: Asked) -> Row:
    signed = world.storage.value(
        "SELECT approval FROM sms_signatures WHERE key_id=? AND name=?", account["key_id"], asked.signature
    )
    if signed != APPROVED:
        raise RefusalError("signature")
    found = world.storage.row(
        "SELECT * FROM sms_templates WHERE key_id=? AND code=?", account["key_id"], asked.template_code
    )
    if found is None or found["approval"] != APPROVED:
        raise RefusalError("template")
    names = {one[1] or one[2] for one in VARIABLE.finditer(found["content"])}
    if not names <= set(asked.values):
        raise RefusalError("missing")
    if any("://" in value or "www." in value for value in asked.values.values()):
        raise RefusalError("link")
    if any(len(value) > LONGEST_VALUE for value in asked.values.values()):
        raise RefusalError("long")
    return found


def _check_limits(world: World, account: Row, asked: Asked, purpose: int) -> None:
    for seconds, most in LIMITS[purpose]:
        sent = world.storage.value(
            "SELECT count(*) FROM sms_messages WHERE key_id=? AND phone=? AND signature=? AND purpose=? AND at>?",
            account["key_id"],
            asked.phone,
            asked.signature,
            purpose,
            world.now() - seconds,
        )
        if sent >= most:
            raise RefusalError("limit")
