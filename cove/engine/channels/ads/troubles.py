"""What platforms' error numbers mean, and what a person does about them.

Sources: facts D1 to D3; numbers that are not listed there are `refused`.
"""

from __future__ import annotations

from cove.engine.channels.delivery.contracts import said_by
from cove.kernel.words import Words

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


said_of = said_by(
    {
        "wrong_secret": Words("密钥不正确", "The key is wrong"),
        "token_refused": Words("访问令牌不正确或已过期", "The access token is wrong or has ended"),
        "right_missing": Words("该账户没有读取线索的权限", "The account has no right to read leads"),
    }
)
"""Return a reason in words, in the platform's own names where they are others than elsewhere."""
_REMEDIES = {
    "wrong_secret": Words(
        "请在广告平台重新复制密钥，填写到广告设置并保存",
        "Copy the key again from the advertising platform and save it in the settings",
    ),
    "token_refused": Words(
        "请在广告平台重新授权，把新的访问令牌填写到广告设置并保存",
        "Authorise again at the advertising platform and save the new access token in the settings",
    ),
    "right_missing": Words(
        "请在广告平台为该账户开通线索接口权限，并检查授权范围",
        "Have the interface for leads opened for the account at the advertising platform, and check what was authorised",
    ),
    "rate_limited": Words("稍后会自动重试", "It is tried again by itself"),
    "unreachable": Words(
        "请检查广告设置中的接口地址，以及本服务器能否访问互联网",
        "Check the address of the interface in the settings, and whether this server reaches the internet",
    ),
}
_REMEDIES["no_answer"] = _REMEDIES["unreachable"]
_OTHER = Words(
    "请打开广告设置核对账号、密钥与令牌；令牌可能已过期",
    "Open the settings, check account, key and token; the token may have ended",
)


def remedy_of(reason: str) -> Words:
    """Return what a person does about a reason."""
    return _REMEDIES.get(reason, _OTHER)
