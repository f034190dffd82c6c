"""How much the platform allows (fact sheet C5, C6, C9): each number stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cove.engine.channels.delivery.contracts import Quota
from cove.kernel.words import Words

MASS_A_PERSON_A_MONTH = 4
FEWEST, MOST_A_CALL = 2, 10_000
PERMANENT_CODES = 100_000


def _account(payload: Mapping[str, Any]) -> str:
    return str(payload["account_id"])


TEMPLATES = Quota("wechat.templates", Words("公众号模板消息", "Template messages"), 100_000, "day", of=_account)
MASS_CALLS = Quota("wechat.mass_calls", Words("公众号群发调用", "Calls of mass messages"), 60, "minute", of=_account)
PREVIEWS = Quota(
    "wechat.previews", Words("公众号群发预览", "Previews of mass messages"), 100, "day", of=_account, then="refuse"
)
MINI_CODES = Quota("wechat.mini_codes", Words("小程序码生成", "Mini-program codes"), 5_000, "minute", of=_account)
MINI_LINKS = Quota(
    "wechat.mini_links", Words("小程序链接生成", "Addresses of mini-programs"), 500_000, "day", of=_account
)
