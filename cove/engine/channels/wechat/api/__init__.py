"""Console: WeChat accounts."""

from ninja import Router

from cove.engine.channels.wechat.api.accounts import console as accounts
from cove.engine.channels.wechat.api.entries import console as entries
from cove.engine.channels.wechat.api.keeping import console as keeping
from cove.engine.channels.wechat.api.publishing import console as publishing
from cove.engine.channels.wechat.api.scanners import console as scanners
from cove.engine.channels.wechat.api.tags import console as tags

__all__ = ["console"]

console = Router(tags=["wechat"])
console.add_router("", accounts)
console.add_router("", keeping)
console.add_router("", publishing)
console.add_router("", scanners)
console.add_router("", tags)
console.add_router("", entries)
