"""Which account a public door is about, and how often one may knock."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.contracts.origins import is_listed
from cove.engine.channels.wechat.errors import DoorClosed, PageNotListed, WechatNoAnswer
from cove.engine.channels.wechat.models import WechatAccount
from cove.kernel.actor import Actor
from cove.kernel.errors import CoveError
from cove.kernel.http.answers import answer_for
from cove.kernel.http.doors import address
from cove.kernel.scope import bind_tenant
from cove.kernel.signposts.queries import signpost
from cove.kernel.throttle.limit import Limit, count_try

SIGNPOST = "wechat_callback"
LONGEST_NAME = 64
# Phones of one provider's network share few addresses: enough for a crowd, too little for a flood.
PER_ADDRESS = Limit("wechat.doors", 600, 60)
PATIENCE_SECONDS = 8.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """The account that was named: who acts for it, and from which pages it may be asked."""

    actor: Actor
    account_id: int
    app_id: str
    page_origins: tuple[str, ...]

    def require_listed(self, url: str, field: str) -> None:
        """Raise PageNotListed unless `url` is a page of the account's list, or of Cove itself."""
        if not is_listed(url, self.page_origins, settings.PUBLIC_URL):
            raise PageNotListed(fields={field: PageNotListed.words})

    def lists(self, url: str) -> bool:
        """Tell whether `url` is such a page."""
        return is_listed(url, self.page_origins, settings.PUBLIC_URL)


def door_of(request: HttpRequest, kind: WechatAccount.Kind) -> Door:
    """Return the door to the account that the request names as `account`, and bind its tenant.

    Raises TooManyTries, DoorClosed for a name that is none of ours, for another kind, or for an account without a secret.
    """
    count_try(PER_ADDRESS, address(request))
    name = request.GET.get("account", "")
    standing = signpost(SIGNPOST, name) if 0 < len(name) <= LONGEST_NAME and name.isalnum() else None
    if standing is None:
        raise DoorClosed
    bind_tenant(standing.tenant_id)
    actor = Actor.system(standing.tenant_id)
    row = queries.account_in_use(actor, int(standing.document["account_id"]), kind)
    if row is None:
        raise DoorClosed
    return Door(actor, row.id, row.app_id, tuple(row.page_origins))


def patiently(work: Coroutine[Any, Any, T]) -> T:
    """Return what asking the platform gives; somebody looks at a page meanwhile. Raises WechatNoAnswer when it takes too long."""

    async def asked() -> T:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await work

    try:
        # No transaction is open here: an answer that takes its time holds nothing.
        return asyncio.run(asked())
    except TimeoutError as error:
        raise WechatNoAnswer(reason="too slow") from error


def refusal(request: HttpRequest, error: CoveError) -> JsonResponse:
    """Return a refusal as a document, in the reader's language."""
    response = JsonResponse(answer_for(request, error).model_dump(), status=error.status)
    response.headers["Cache-Control"] = "no-store"
    if "seconds" in error.values:
        response.headers["Retry-After"] = str(error.values["seconds"])
    return response
