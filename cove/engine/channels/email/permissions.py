from cove.kernel.operations import module_label, operation

module_label("email", "邮件", "E-mail")

SEE_EMAIL = operation("email.see", "查看邮件设置、模板与效果", "See e-mail settings, templates and results")
CONFIGURE_EMAIL = operation(
    "email.configure", "配置发信域名与发信人", "Set up sender domains and senders", implies=(SEE_EMAIL,)
)
WRITE_TEMPLATES = operation("email.write_templates", "编辑邮件模板", "Write mail templates", implies=(SEE_EMAIL,))
SUPPRESS = operation("email.suppress", "管理禁发名单", "Manage the suppression list", implies=(SEE_EMAIL,))
SEND_EMAIL = operation("email.send", "给客户发送邮件", "Send mail to contacts", implies=(SEE_EMAIL,))
RUN_EMAIL = operation("email.run", "投递邮件", "Deliver mail", grantable=False)
