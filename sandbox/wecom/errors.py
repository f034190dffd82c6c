"""WeCom's error numbers. Source: WeCom document 90313 (global error codes)."""

TEXTS = {
    -1: "system busy",
    40001: "invalid credential",
    40003: "invalid userid",
    40007: "invalid media_id",
    40008: "invalid msgtype",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40029: "invalid code",
    40056: "invalid agentid",
    40058: "invalid parameter",
    40063: "some parameters are empty",
    40068: "invalid tagid",
    40071: "tag name already exist",
    40096: "invalid external userid",
    40126: "too many tags",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "corpsecret missing",
    41037: "missing contact way type",
    41038: "missing contact way scene",
    41039: "invalid contact way type",
    41040: "invalid contact way scene",
    41041: "contact way users exceed limit",
    41042: "invalid contact way style",
    41043: "missing contact way config_id",
    41044: "invalid contact way config_id",
    41045: "contact way count exceed limit",
    41049: "missing welcome code",
    41050: "invalid welcome code",
    41051: "customer has started chatting",
    41053: "customer has not agreed to the archive",
    41054: "user has not activated",
    41064: "too many attachments",
    41065: "invalid attachment",
    41096: "welcome message being distributed",
    42001: "access_token expired",
    42022: "code has been used",
    45002: "content size out of limit",
    45009: "api freq out of limit",
    45033: "api concurrent out of limit",
    48002: "api forbidden",
    50001: "redirect_url unauthorized domain",
    50002: "user not in the visible range of the app",
    60003: "department not found",
    60111: "userid not found",
    60123: "invalid party id",
    81013: "user & party & tag all invalid",
    82001: "user & party & tag all empty",
    84014: "user ticket expired",
    84015: "invalid user ticket",
    84061: "not external contact",
    84074: "no permission to external contact",
    301002: "not allow operate another agent with this accesstoken",
}


class PlatformError(Exception):
    """A refusal with one of WeCom's numbers; becomes HTTP 200 with `errcode`."""

    def __init__(self, errcode: int, hint: str = "") -> None:
        super().__init__(f"{errcode} {hint}".strip())
        self.errcode = errcode
        self.hint = hint


def errmsg(errcode: int, hint: str = "", *, request: int = 0) -> str:
    """WeCom's message for a number, with the volatile tail that clients must not rely on."""
    text = TEXTS.get(errcode, "error")
    note = f"{hint}, " if hint else ""
    tail = f"https://open.work.weixin.qq.com/devtool/query?e={errcode}"
    return f"{text}, {note}hint: [{request:016d}], from ip: 127.0.0.1, more info at {tail}"
