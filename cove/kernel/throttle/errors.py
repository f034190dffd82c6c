from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class TooManyTries(CoveError):
    """Tried too often; `minutes` and `seconds` say when to come again."""

    code = "cove.too_many_tries"
    status = 429
    words = Words("尝试次数过多，请 {minutes} 分钟后再试", "Too many tries; wait {minutes} minutes")
