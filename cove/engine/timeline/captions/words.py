"""What codes inside facts are called."""

from __future__ import annotations

from cove.kernel.words import Words

SOURCES = {
    "wecom": Words("企业微信", "WeCom"),
    "live_code": Words("渠道活码", "Live code"),
    "link": Words("追踪链接", "Tracked link"),
    "web": Words("网站", "Website"),
    "console": Words("控制台", "Console"),
    "automation": Words("自动化", "Automation"),
    "preference_page": Words("偏好设置页", "Preference page"),
    "reply": Words("回复消息", "Answer to a message"),
    "form": Words("表单", "Form"),
    "import": Words("导入", "Import"),
    "miniprogram": Words("小程序", "Mini-program"),
    "server": Words("业务系统", "Own server"),
    "email": Words("邮件", "E-mail"),
    "sms": Words("短信", "Text message"),
    "official_account": Words("公众号", "Official account"),
    "wecom_kf": Words("微信客服", "WeChat customer service"),
    "ads": Words("广告平台", "Advertising platform"),
}

GROUPS = {
    "tracking": Words("网站与产品", "Site and product"),
    "delivery": Words("触达", "Outreach"),
    "messages": Words("消息", "Messages"),
    "wecom_support": Words("微信客服", "WeChat customer service"),
}
"""What the facts of an owner are called together, where the module's own name is about something else."""

FIELDS = {
    "name": Words("姓名", "name"),
    "avatar_url": Words("头像", "picture"),
    "gender": Words("性别", "gender"),
    "company_name": Words("公司", "company"),
    "position": Words("职位", "position"),
    "phone": Words("手机号", "phone"),
    "email": Words("邮箱", "e-mail"),
    "source_detail": Words("来源说明", "source"),
}

KIND = Words("（{form}）", " ({form})")
NATIVE = Words("（{native}）", " ({native})")
NAMELESS = Words("未命名", "unnamed")
UNKNOWN_DOUBT = Words("其他迹象（{reason}）", "another sign ({reason})")
COLON = Words("：", ": ")
TITLE = Words("「{title}」", " “{title}”")
WITH = Words("（附{parts}）", " (with {parts})")
THROUGH = Words("（通过「{way}」）", " (through “{way}”)")
WAY = Words("（渠道：{way}）", " (channel: {way})")
SEPARATOR = Words("、", ", ")
UNKNOWN_REASON = Words("原因代码 {reason}", "reason code {reason}")
SOMEBODY = Words("成员", "a member")
