from cove.kernel.operations import operation

SEND_MAIL = operation("mail.send", "发送系统邮件", "Send system mail", grantable=False)
SEE_MAILS = operation("mail.see_mails", "查看系统邮件", "See system mail")
