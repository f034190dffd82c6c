"""Console: WeChat accounts."""

from ninja import Router

from cove.engine.channels.wechat.api.accounts import console as accounts
from cove.engine.channels.wechat.api.keeping import console as keeping
from cove.engine.channels.wechat.api.publishing import console as publishing

__all__ = ["console"]

console = Router(tags=["wechat"])
console.add_router("", accounts)
console.add_router("", keeping)
console.add_router("", publishing)
