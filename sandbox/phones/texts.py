"""The texts of the server's own pages: Chinese, English. The phones' texts are in static/phones/texts.js."""

TEXTS: dict[str, tuple[str, str]] = {
    "phones.title": ("微信手机 · 沙箱", "WeChat phones · Sandbox"),
    "phones.brand": ("沙箱", "Sandbox"),
    "phones.platform": ("平台设置", "Platform settings"),
    "phones.mail": ("邮箱", "Mail"),
    "mail.title": ("邮箱 · 沙箱", "Mail · Sandbox"),
    "mail.boxes": ("邮箱地址", "Mailboxes"),
    "mail.none": ("还没有邮件", "No mail yet"),
    "mail.none_why": (
        "Cove 发出的邀请、密码重置等邮件会出现在这里",
        "Invitations, password resets and other mail from Cove will be here",
    ),
    "phones.back": ("返回手机", "Back to phones"),
    "platform.title": ("平台设置 · 沙箱", "Platform settings · Sandbox"),
    "web.no_phone": ("没有这部手机", "There is no such phone"),
    "web.blank": ("还没有打开网页", "No page has been opened"),
    "web.unreachable": ("网页无法打开", "The page cannot be opened"),
    "web.unreachable_why": ("对方没有应答，请稍后再试", "The other side did not answer; try again later"),
    "web.not_local": ("已停止访问该网页", "This page is not shown"),
    "web.not_local_why": (
        "沙箱里的手机只能打开本机上的网页",
        "The phones of the sandbox reach only pages on this machine",
    ),
    "web.bad_url": ("网址不正确", "This is not an address of a web page"),
    "web.too_large": ("内容过大，无法显示", "Too large to be shown"),
    "friend.opening": ("正在打开名片…", "Opening the contact card…"),
    "friend.outside": (
        "请使用微信扫一扫，添加企业成员为联系人",
        "Scan this code with WeChat to add the member",
    ),
}
