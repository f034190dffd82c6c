from cove.kernel.operations import module_label, operation

module_label("sms", "短信", "Text messages")

SEE_SMS = operation("sms.see", "查看短信配置与模板", "See text message settings and templates")
CONFIGURE = operation("sms.configure", "配置短信", "Configure text messages", implies=(SEE_SMS,))
SEND = operation(
    "sms.send",
    "发送短信",
    "Send text messages",
    scoped=True,
    of="people_contact",
    implies=(SEE_SMS, "people.see_contacts"),
)
CALL = operation("sms.call", "调用短信平台", "Act on the text message provider", grantable=False)
TAKE_OVER = operation("sms.take_over", "接收短信回执", "Take over what the provider tells", grantable=False)
