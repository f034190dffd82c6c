"""Addresses that misbehave by their name, whatever their domain, as test addresses of large mail services do."""

import time
from dataclasses import dataclass

from sandbox.world import World

GREY_SECONDS = 2.0
"""For which a server that greylists turns away whom it does not know (RFC 6647 speaks of minutes; nobody wants to wait for them here)."""


@dataclass(frozen=True)
class Behaviour:
    """What an address does: refuse at once (`recipient`), refuse the body (`body`), or take the mail and send something back (`back`)."""

    recipient: str = ""
    body: str = ""
    back: str = ""
    what: tuple[str, str] = ("", "")


BEHAVIOURS: dict[str, Behaviour] = {
    "nobody": Behaviour(
        recipient="550 5.1.1 <{address}>: user unknown", what=("地址不存在，当场拒收", "Unknown, refused at once")
    ),
    "full": Behaviour(
        recipient="552 5.2.2 <{address}>: mailbox full", what=("邮箱已满，当场拒收", "Full, refused at once")
    ),
    "spam": Behaviour(body="554 5.7.1 message looks like spam", what=("按垃圾邮件拒收", "Refused as spam")),
    "busy": Behaviour(recipient="421 4.3.2 try again later", what=("服务器繁忙", "Always busy")),
    "grey": Behaviour(what=("灰名单：第一次请稍后再试", "Greylists: come again")),
    "bounce": Behaviour(back="unknown", what=("先收下，再退信（硬退）", "Taken, then sent back (hard)")),
    "softbounce": Behaviour(back="full", what=("先收下，再退信（软退）", "Taken, then sent back (soft)")),
    "delayed": Behaviour(back="delayed", what=("先收下，再通知延迟", "Taken, then told to be late")),
    "complain": Behaviour(back="complaint", what=("收下后投诉为垃圾邮件", "Taken, then called spam")),
    "holiday": Behaviour(back="holiday", what=("收下后自动回复休假", "Taken, then answered by a machine")),
}


def behaviour_of(address: str) -> Behaviour | None:
    """Return what an address does besides taking mail; ``bounce+anything@any.domain`` is ``bounce``."""
    return BEHAVIOURS.get(address.lower().partition("@")[0].partition("+")[0])


def turned_away(world: World, sender: str, address: str) -> str:
    """Return why a recipient is not taken now, empty if he is: his behaviour, greylisting, or too much of one sender."""
    known = behaviour_of(address)
    if known is not None and known.recipient:
        return known.recipient.format(address=address)
    if known is BEHAVIOURS["grey"] and not _knocked_before(world, f"{sender.lower()} {address.lower()}"):
        return "451 4.7.1 greylisted, come again later"
    if not _within_rate(world, sender):
        return "421 4.7.28 too much mail of this domain, come again later"
    return ""


def _knocked_before(world: World, pair: str) -> bool:
    # The envelope's sender is another for each mail (VERP), so what is before the at sign does not count.
    name = f"{pair.partition('@')[2]}"
    first, now = world.storage.value("SELECT at FROM mail_knocks WHERE pair=?", name), time.time()
    if first is None:
        world.storage.run("INSERT INTO mail_knocks (pair, at) VALUES (?, ?)", name, now)
        return False
    return now - float(first) >= float(world.setting("mail_grey_seconds", str(GREY_SECONDS)))


def _within_rate(world: World, sender: str) -> bool:
    most = int(world.setting("mail_rate", "0"))
    if not most:
        return True
    domain, minute = sender.lower().rpartition("@")[2], int(time.time() // 60)
    world.storage.run("DELETE FROM mail_minutes WHERE minute<?", minute)
    world.storage.run(
        "INSERT INTO mail_minutes (domain, minute, taken) VALUES (?, ?, 1) "
        "ON CONFLICT (domain, minute) DO UPDATE SET taken=taken+1",
        domain,
        minute,
    )
    taken = world.storage.value("SELECT taken FROM mail_minutes WHERE domain=? AND minute=?", domain, minute)
    return int(taken) <= most
