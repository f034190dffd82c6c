"""What platforms' error numbers mean. Sources: facts D1 to D3; numbers that are not listed there are `refused`."""

from __future__ import annotations

_REASONS: dict[tuple[str, str], str] = {
    ("ocean", "-2"): "wrong_secret",
    ("ocean", "40105"): "token_refused",
    ("ocean", "40100"): "rate_limited",
    ("tencent", "11000"): "token_refused",
    ("tencent", "11005"): "right_missing",
    ("tencent", "11017"): "rate_limited",
    ("baidu", "2"): "token_refused",
    ("baidu", "8904"): "rate_limited",
}


def reason_of(platform: str, errcode: str) -> str:
    """Return the code of `cove.facts.delivery.REASONS` for a platform's error."""
    return _REASONS.get((platform, errcode), "refused")
