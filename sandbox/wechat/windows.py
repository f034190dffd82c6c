"""When an account may write to somebody (C4): seconds and messages for each thing the person does.

They can be changed by the settings `weixin_talk` and `weixin_touch` ("seconds:messages"): the platform's documents disagree.
"""

from sandbox.storage import Row
from sandbox.wechat.errors import WeixinError
from sandbox.world import World

USUAL = {"talk": "172800:5", "touch": "60:3"}


def open_window(world: World, openid: str, which: str) -> None:
    """Open a window (`talk` for a message, `touch` for following, scanning and the menu)."""
    seconds, messages = map(int, world.setting(f"weixin_{which}", USUAL[which]).split(":"))
    world.storage.run(
        f"UPDATE wx_users SET {which}_until=?, {which}_left=? WHERE openid=?",  # noqa: S608 (names are ours)
        world.now() + seconds,
        messages,
        openid,
    )


def use_window(world: World, row: Row) -> None:
    """Use up one message; 45015 outside every window, 45047 when an open one has none left."""
    open_ones = [which for which in ("touch", "talk") if row[f"{which}_until"] > world.now()]
    if not open_ones:
        raise WeixinError(45015)
    which = next((which for which in open_ones if row[f"{which}_left"] > 0), None)
    if which is None:
        raise WeixinError(45047)
    world.storage.run(
        f"UPDATE wx_users SET {which}_left={which}_left-1 WHERE openid=?",  # noqa: S608 (names are ours)
        row["openid"],
    )
