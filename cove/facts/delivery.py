"""What became of messages and other outward acts."""

from __future__ import annotations

from typing import ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

REASONS: dict[str, Words] = {
    "expired": Words("已超过允许发送的时间", "The time allowed for it had passed"),
    "no_answer": Words("平台没有应答，是否送达未知", "The platform did not answer; whether it arrived is unknown"),
    "unreachable": Words("无法连接到平台", "The platform could not be reached"),
    "name_unknown": Words("找不到地址中的域名", "The name in the address is not known"),
    "tls_failed": Words(
        "无法建立 HTTPS 连接：对方证书不受信任、已过期，或该端口不是 HTTPS",
        "No HTTPS connection: the certificate is not trusted or over, or the port does not speak HTTPS",
    ),
    "crashed": Words("发送途中程序中断，是否送达未知", "The program stopped midway; whether it arrived is unknown"),
    "probably_sent": Words(
        "平台未应答，但再次询问时表示已送达", "No answer at first, then the platform said that it had been done"
    ),
    "internal_error": Words("程序内部错误，已记入日志", "An internal error; it is in the log"),
    "not_configured": Words("渠道尚未配置", "The channel is not configured"),
    "busy": Words("平台繁忙，多次重试仍未成功", "The platform was busy, also when tried again"),
    "rate_limited": Words("超出平台调用频率限制", "The platform's rate limit was exceeded"),
    "other_app_sending": Words("其他应用正在发送欢迎语", "Another application was sending a welcome"),
    "token_refused": Words("平台不接受访问凭证", "The platform refused the access token"),
    "wrong_secret": Words("平台密钥不正确", "The secret for the platform is wrong"),
    "wrong_corp": Words("企业 ID 不正确", "The corp ID is wrong"),
    "app_disabled": Words("应用已停用", "The application is disabled"),
    "right_missing": Words("没有该接口的权限", "There is no right to this interface"),
    "member_out_of_reach": Words("成员不在应用可见范围内", "The member is not visible to the application"),
    "address_not_allowed": Words("服务器 IP 不在平台的白名单中", "This server's IP is not on the platform's list"),
    "unknown_member": Words("平台上没有该成员", "The platform does not know the member"),
    "member_not_active": Words("成员未激活或未开通客户联系", "The member is not active or has no customer contact"),
    "not_a_friend": Words("与该客户没有好友关系", "There is no friendship with this customer"),
    "bad_request": Words("平台不接受请求内容", "The platform did not accept the request"),
    "record_gone": Words("平台上没有该记录", "The platform has no such record"),
    "unknown_tag": Words("平台上没有该标签", "The platform has no such tag"),
    "tag_limit": Words("企业标签数量已达上限", "The corp has as many tags as are allowed"),
    "tag_name_taken": Words("平台上已有同名标签", "The platform already has a tag of this name"),
    "tag_too_full": Words("标签下粉丝超过 10 万，平台不允许删除", "More than 100,000 followers have the tag"),
    "no_plain_menu": Words("还没有面向所有人的菜单", "There is no menu for everybody yet"),
    "code_full": Words("「联系我」数量已达上限", "The corp has as many contact ways as are allowed"),
    "no_code": Words("平台没有给出欢迎语凭证", "The platform gave no welcome code"),
    "code_invalid": Words("欢迎语凭证无效或已过期", "The welcome code is invalid or expired"),
    "already_chatting": Words("双方已在聊天或已发过欢迎语", "They already chat, or a welcome was already sent"),
    "consent_missing": Words("客户尚未同意会话存档", "The customer has not agreed to session archiving"),
    "bad_media": Words("附件无效或已过期", "An attachment is invalid or expired"),
    "too_large": Words("平台返回的内容过大", "The platform's answer is too large"),
    "window_over": Words("已超出可发送客服消息的时间窗口", "The window for customer-service messages is over"),
    "window_used_up": Words("本次窗口内可发送的条数已用完", "The messages allowed within the window are used up"),
    "not_following": Words("对方没有关注公众号", "The person does not follow the account"),
    "not_subscribed": Words("对方没有订阅该通知，或次数已用完", "The person has no subscription to this notice left"),
    "refused_by_person": Words("对方拒收该账号的消息", "The person refuses messages of this account"),
    "template_gone": Words("平台上没有该消息模板", "The platform has no such message template"),
    "bad_template_value": Words("消息内容不符合模板字段要求", "A value does not fit the template"),
    "mass_quota_used": Words("群发次数已用完", "The quota of mass messages is used up"),
    "not_original": Words("原创审核未通过", "It was not taken as original"),
    "already_sent": Words("平台表示此前已发送", "The platform says that it was sent before"),
    "unsubscribed": Words("客户已退订该渠道", "The contact unsubscribed from this channel"),
    "no_consent": Words("客户未同意营销触达", "The contact has not agreed to marketing messages"),
    "quiet_hours": Words("正处于免打扰时段", "It was a time of quiet"),
    "over_cap": Words("已达该客户的触达次数上限", "The contact has had as many messages as the rules allow"),
    "quota_used": Words("平台配额已用完", "The platform's quota is used up"),
    "no_credits": Words(
        "额度已用完，请联系平台管理员充值后重新发送",
        "There are no credits left; ask the installation's owner for more, then send again",
    ),
    "credits_a_day": Words(
        "今天的额度已用完，请明天重新发送或联系平台管理员调整每日上限",
        "The day's credits are used up; send again tomorrow, or ask the installation's owner to raise the daily limit",
    ),
    "paused": Words("触达已被管理员暂停", "An administrator stopped all outreach"),
    "no_address": Words("客户没有可用的联系地址", "The contact has no address for this channel"),
    "suppressed": Words("该地址在禁发名单中", "The address is on the suppression list"),
    "address_unknown": Words("对方地址不存在", "The address does not exist"),
    "mailbox_full": Words("对方邮箱已满", "The mailbox is full"),
    "spam_refused": Words("对方以垃圾信息为由拒收", "It was refused as spam"),
    "outside_window": Words("已超出平台允许主动回复的时间窗口", "The platform's window for answers had closed"),
    "template_refused": Words("模板未通过审核或不可用", "The template is not approved"),
    "webhook_off": Words("Webhook 已停用", "The webhook is switched off"),
    "address_not_public": Words(
        "该地址指向内网，出于安全未调用", "The address leads into a private network and was not called"
    ),
    "http_error": Words("对方返回了错误状态码", "The other side answered with an error"),
    "erased": Words("客户的个人数据已删除", "The contact was erased"),
    "not_told_yet": Words("平台尚未更新数据", "The platform does not tell it yet"),
    "nobody_reachable": Words("没有可以发送的客户", "Nobody among them can be reached"),
    "had_the_most": Words("客户本月接收群发次数已满", "The customer had as many mass messages as are allowed"),
    "task_over": Words("任务已取消或已结束", "The task was cancelled or has ended"),
    "reminded_enough": Words("24 小时内提醒次数已达上限", "Members were reminded as often as is allowed in 24 hours"),
    "still_dispatching": Words("任务仍在下发", "The task is still being handed out"),
    "customer_refused": Words("客户拒绝了继承", "The customer refused to be transferred"),
    "member_full": Words("接替成员的客户已达上限", "The other member has as many customers as are allowed"),
    "transfer_limit": Words("该客户 90 天内的继承次数已达上限", "The customer was transferred too often in 90 days"),
    "transfer_under_way": Words("该客户正在被继承", "The customer is being transferred already"),
    "member_not_verified": Words("接替成员尚未完成实名认证", "The other member has not proved his name"),
    "member_still_in_office": Words("原成员在企业微信中尚未离职", "The member has not left WeCom"),
    "talk_over": Words("超过客户最后一条消息 48 小时", "More than 48 hours since the customer's last message"),
    "answered_enough": Words("客户再次发言前已回复满 5 条", "Five answers were sent since the customer's last message"),
    "talk_elsewhere": Words("会话已由成员接待", "A member has the conversation"),
    "template_limit": Words("入群欢迎语数量已达上限", "The corp has as many group welcomes as are allowed"),
    "too_many_groups": Words("群活码最多关联 5 个群", "A group code leads into five groups at most"),
    "balance_empty": Words("短信余额不足或套餐已用完", "The balance or package at the provider is used up"),
    "signature_refused": Words("签名未通过审核", "The signature is not approved"),
    "number_invalid": Words("手机号无效或已停机", "The phone number is invalid or out of service"),
    "number_limit": Words("同一号码当天发送过多", "The same number got too many messages"),
    "number_refused": Words("号码在平台的拒收名单中", "The number is on the provider's list of those who refuse"),
    "content_refused": Words("内容不符合平台规定", "The provider did not accept the text"),
    "phone_off": Words("手机关机或不在服务区", "The phone is off or out of reach"),
    "clock_off": Words("服务器时间不准", "This server's clock is wrong"),
    "no_click": Words("没有可回传的点击标识", "There is no click to report on"),
    "put_off": Words("对方服务器一再要求稍后再试", "The other side's server kept asking to come again later"),
    "sign_in_refused": Words("邮件服务器拒绝了账号或密码", "The mail server refused the user or password"),
    "sender_refused": Words(
        "邮件服务器不允许以该发信域名发信", "The mail server does not let us send from this domain"
    ),
    "sender_off": Words("发信人或其域名已停用", "The sender or its domain is switched off"),
    "refused": Words("平台拒绝了请求", "The platform refused the request"),
}
"""Why an outward act did not happen, or why nobody knows whether it did: code to words."""


class WelcomeSent(
    Fact,
    kind="delivery.welcome_sent",
    label=Words("发送欢迎语", "Welcome sent"),
    caption=Words("{member_name} 的欢迎语已送达：{text}{parts_here}", "Welcome from {member_name}: {text}{parts_here}"),
):
    """The welcome went out. Not `confirmed`: the platform's answer was lost, and asked again it said that the code had been used.

    `parts` are the kinds of what went with the text, as `cove.facts.messages.FORMS` names them, and `titles` the title or file name of
    each, empty for one that has none. What was left out because its file was gone is not among them.
    """

    impersonal: ClassVar[frozenset[str]] = frozenset({"member_name", "parts", "titles"})

    contact_id: int
    member_id: int
    member_name: str
    source: str = "wecom"
    text: str
    parts: list[str] = []
    titles: list[str] = []
    confirmed: bool = True


class WelcomeMissed(
    Fact,
    kind="delivery.welcome_missed",
    label=Words("欢迎语未发出", "Welcome missed"),
    caption=Words("欢迎语未能发出：{reason_here}", "The welcome could not be sent: {reason_here}"),
):
    """The welcome did not go out; `reason` is a code of `REASONS`."""

    impersonal: ClassVar[frozenset[str]] = frozenset({"member_name", "reason"})

    contact_id: int
    member_id: int
    member_name: str
    source: str = "wecom"
    reason: str
    errcode: int | None = None
