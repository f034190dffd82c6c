from cove.kernel.operations import module_label, operation

module_label("credits", "发送额度", "Credits")

SEE_CREDITS = operation("credits.see_credits", "查看发送额度", "See the credits")
KEEP = operation("credits.keep", "记发送额度", "Keep the credits", grantable=False)
