"""The texts of mail about accounts, in the reader's language."""

from __future__ import annotations

from django.conf import settings

from cove.kernel.words import Words

RESET_SUBJECT = Words("重置您的 Cove 密码", "Reset your Cove password")
RESET_TEXT = Words(
    "您好，\n\n有人（希望是您）请求重置 {email} 的 Cove 密码。请在 30 分钟内打开下面的链接设置新密码，链接只能使用一次：\n\n"
    "{links}\n\n如果不是您本人操作，请忽略此邮件，密码不会改变。\n\nCove 港湾",
    "Hello,\n\nsomebody, we hope you, asked for a new Cove password for {email}. Open the link below within 30 minutes to set one; "
    "it works once:\n\n{links}\n\nIf it was not you, ignore this mail: your password stays as it is.\n\nCove",
)
RESET_LINE = Words("{company}：\n{link}", "{company}:\n{link}")
DONE_SUBJECT = Words("您的 Cove 密码已修改", "Your Cove password was changed")
DONE_TEXT = Words(
    "您好，\n\n{company} 的账号 {email} 的密码刚刚被修改，所有已登录的设备都已退出。\n\n"
    "如果不是您本人操作，请立即重置密码并联系管理员：\n{link}\n\nCove 港湾",
    "Hello,\n\nthe password of {email} at {company} was just changed, and all devices were signed out.\n\n"
    "If it was not you, reset it at once and tell an administrator:\n{link}\n\nCove",
)
INVITED_SUBJECT = Words("{inviter} 邀请您加入 {company}", "{inviter} invites you to join {company}")
INVITED_TEXT = Words(
    "{name}，您好：\n\n{inviter} 邀请您加入 {company} 的 Cove。请在 7 天内打开下面的链接设置密码，即可开始使用：\n\n{link}\n\n"
    "如果您不认识对方，请忽略此邮件。\n\nCove 港湾",
    "Hello {name},\n\n{inviter} invites you to Cove of {company}. Open the link below within 7 days "
    "and set a password to begin:\n\n{link}\n\n"
    "If you do not know them, ignore this mail.\n\nCove",
)


def link_to(page: str, token: str = "") -> str:
    """Return the address of a page of the console."""
    return f"{settings.PUBLIC_URL}/{page}/{token}".rstrip("/")
