from cove.kernel.operations import module_label, operation

module_label("webhooks", "Webhook", "Webhooks")

SEE = operation("webhooks.see", "查看 Webhook", "See webhooks")
MANAGE = operation("webhooks.manage", "管理 Webhook", "Manage webhooks", implies=(SEE,))
KEEP = operation("webhooks.keep", "推送 Webhook", "Call webhooks", grantable=False)
