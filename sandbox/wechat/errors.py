"""WeChat's error numbers. Source: fact sheet C10 and the tables of C3 to C9."""

TEXTS = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40003: "invalid openid",
    40007: "invalid media_id",
    40013: "invalid appid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40025: "invalid sub button name size",
    40029: "invalid code",
    40032: "invalid openid list size",
    40037: "invalid template_id",
    40097: "invalid args",
    40125: "invalid appsecret",
    40163: "code been used",
    40164: "invalid ip, not in whitelist",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41030: "invalid page",
    42001: "access_token expired",
    43004: "require subscribe",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit",
    45015: "response out of time limit or subscription is canceled",
    45028: "has no masssend quota",
    45047: "out of response count limit",
    45056: "too many tags",
    45058: "can't modify sys tag",
    45059: "user has too many tags",
    45065: "clientmsgid exist",
    45157: "invalid tag name",
    45158: "tag name too long",
    45159: "invalid tag id",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    48002: "user block receive message",
    49003: "openid not match appid",
}


class WeixinError(Exception):
    """A refusal with one of WeChat's numbers; `more` are further fields of the answer."""

    def __init__(self, errcode: int, hint: str = "", **more: object) -> None:
        super().__init__(f"{errcode} {hint}".strip())
        self.errcode = errcode
        self.hint = hint
        self.more = more


def errmsg(errcode: int, hint: str = "", *, request: int = 0) -> str:
    """Return WeChat's message for a number, with the volatile tail that clients must not rely on."""
    text = TEXTS.get(errcode, "error")
    return f"{text}{' ' + hint if hint else ''} rid: {request:08x}-{request:08x}-{request:08x}"
