from cove.kernel.operations import module_label, operation

module_label("mail", "系统邮件", "System mail")

SEND_MAIL = operation("mail.send", "发送系统邮件", "Send system mail", grantable=False)
SEE_MAILS = operation("mail.see_mails", "查看系统邮件", "See system mail")
