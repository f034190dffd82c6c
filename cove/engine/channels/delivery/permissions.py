from cove.kernel.operations import module_label, operation

module_label("delivery", "发送记录", "Deliveries")

DELIVER = operation("delivery.deliver", "对外发送", "Act outwards", grantable=False)
SEE_DELIVERIES = operation("delivery.see_deliveries", "查看发送记录", "See deliveries")
SEND_AGAIN = operation(
    "delivery.send_again", "重新发送未成功的记录", "Send again what did not go out", implies=(SEE_DELIVERIES,)
)
SEE_RULES = operation("delivery.see_rules", "查看触达规则", "See the outreach rules")
MANAGE_RULES = operation("delivery.manage_rules", "设置触达规则", "Set the outreach rules", implies=(SEE_RULES,))
