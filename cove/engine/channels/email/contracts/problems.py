"""What may be wrong with a domain's records, each with what to do about it."""

from __future__ import annotations

from cove.kernel.words import Words

RECORDS = {
    "spf": Words("SPF：哪些服务器可以代表该域名发信", "SPF: which servers may send for the domain"),
    "dkim": Words("DKIM：邮件签名的公钥", "DKIM: the public key of the signature"),
    "dkim_next": Words(
        "DKIM：新密钥的公钥，生效后自动启用", "DKIM: the public key of the new signature, used once it stands"
    ),
    "dmarc": Words("DMARC：收件方如何对待冒名邮件", "DMARC: what receivers do with mail in a false name"),
    "mx": Words("退信接收：退信与投诉送到哪里", "The way back: where returned mail and complaints go"),
}
UNANSWERED = "unanswered"
"""Nobody knows: told as a warning, never as something broken."""

PROBLEMS: dict[str, Words] = {
    "not_looked": Words("尚未检查", "Nobody looked yet"),
    "unanswered": Words("DNS 服务器没有应答，请稍后再查", "The DNS did not answer; look again later"),
    "missing": Words("没有找到记录，请在域名服务商处添加", "There is no such record; add it at your DNS provider"),
    "several": Words(
        "有多条同类记录，收件方会全部忽略；请只保留一条", "There are several, and receivers ignore them all; keep one"
    ),
    "lets_everybody": Words(
        "记录允许任何服务器代发；请把结尾改为 ~all 或 -all", "It lets everybody send; end it with ~all or -all"
    ),
    "relay_missing": Words(
        "记录中没有包含发信服务器，请按左侧的值补上", "It does not name the relay; add what is wanted"
    ),
    "too_many_lookups": Words(
        "引用的查询超过 10 次，收件方会视为无效；请精简 include",
        "It leads to more than 10 lookups; include less",
    ),
    "other_key": Words(
        "公钥与当前签名密钥不一致，请替换为左侧的值", "It holds another key; replace it by what is wanted"
    ),
    "revoked": Words(
        "公钥为空，表示已被撤销；请替换为左侧的值",
        "Its key is empty, which means revoked; replace it by what is wanted",
    ),
    "bad_policy": Words(
        "策略 p= 必须为 none、quarantine 或 reject", "Its policy p= must be none, quarantine or reject"
    ),
    "strict_spf": Words(
        "aspf=s 要求退信域名与发信域名完全相同；请改为宽松，或改退信域名",
        "aspf=s wants one domain for both; relax it, or change the one for returned mail",
    ),
    "elsewhere": Words(
        "退信送到了别的服务器，Cove 收不到退信与投诉",
        "Returned mail goes elsewhere; Cove hears of no bounce",
    ),
}

NO_WAY, NO_TLS, NO_SIGN_IN, SIGN_IN_REFUSED = "no_way", "no_tls", "no_sign_in", "sign_in_refused"
SENDER_REFUSED = "sender_refused"
RELAY_PROBLEMS: dict[str, Words] = {
    NO_WAY: Words("无法连接服务器或端口", "The server or its port cannot be reached"),
    NO_TLS: Words("无法建立加密连接", "No encrypted connection comes about"),
    NO_SIGN_IN: Words("服务器在这种加密方式下不提供登录", "The server lets nobody sign in with this encryption"),
    SIGN_IN_REFUSED: Words("服务器拒绝了账号或密码", "The server refused the user or password"),
    SENDER_REFUSED: Words(
        "服务器不允许以该域名的退信地址发信", "The server does not let us send from this domain's return address"
    ),
}
"""Why a relay does not take our mail."""
RELAY_REMEDIES: dict[str, Words] = {
    NO_WAY: Words(
        "请在邮件设置中核对服务器与端口，并确认本机与云服务商没有拦截该端口（25 端口常被封禁，可改用 465 或 587）",
        "Check server and port in the mail settings, and that nobody blocks the port (25 often is; take 465 or 587)",
    ),
    NO_TLS: Words(
        "请在邮件设置中核对加密方式：465 端口用 TLS，587 端口用 STARTTLS，并核对证书是否过期",
        "Check the encryption in the mail settings: TLS on port 465, STARTTLS on 587; and whether the certificate is over",
    ),
    NO_SIGN_IN: Words(
        "请在邮件设置中改用 TLS 或 STARTTLS；若该服务器无需登录，请清空账号与密码",
        "Take TLS or STARTTLS in the mail settings; if the server wants no sign-in, leave user and password empty",
    ),
    SIGN_IN_REFUSED: Words(
        "请在邮件设置中重新填写账号与密码；多数邮箱服务要求专用的授权码而非登录密码",
        "Enter user and password again in the mail settings; many services want an app password instead of the usual one",
    ),
    SENDER_REFUSED: Words(
        "请在邮件服务商处验证该发信域名，并允许任意发信地址；个人与企业邮箱通常只允许登录账号本身，请改用邮件推送服务",
        "Have the domain verified at the mail service and any sender of it allowed; ordinary mailboxes take none but their own user: use a "
        "service for sending mail",
    ),
}
