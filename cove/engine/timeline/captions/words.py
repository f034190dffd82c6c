"""What codes inside facts are called."""

from __future__ import annotations

from cove.kernel.words import Words

SOURCES = {
    "wecom": Words("企业微信", "WeCom"),
    "live_code": Words("渠道活码", "Live code"),
    "web": Words("网站", "Website"),
    "console": Words("控制台", "Console"),
    "automation": Words("自动化", "Automation"),
}

FIELDS = {
    "name": Words("姓名", "name"),
    "avatar_url": Words("头像", "picture"),
    "gender": Words("性别", "gender"),
    "company_name": Words("公司", "company"),
    "position": Words("职位", "position"),
    "phone": Words("手机号", "phone"),
    "email": Words("邮箱", "e-mail"),
}

REASONS = {
    "expired": Words("已超过 20 秒的发送时限", "the 20 seconds in which it may be sent were over"),
    "already_chatting": Words("双方已开始聊天", "the two were already talking"),
    "already_sent": Words("欢迎语已由其他应用发送", "another application had sent one"),
    "refused": Words("企业微信拒绝了发送", "WeCom refused it"),
    "unreachable": Words("无法连接企业微信", "WeCom could not be reached"),
    "not_configured": Words("企业微信尚未配置", "WeCom is not set up"),
}

SEPARATOR = Words("、", ", ")
UNKNOWN_REASON = Words("原因代码 {reason}", "reason code {reason}")
SOMEBODY = Words("成员", "a member")
