from cove.kernel.operations import module_label, operation

module_label("delivery", "发送记录", "Deliveries")

DELIVER = operation("delivery.deliver", "对外发送", "Act outwards", grantable=False)
SEE_DELIVERIES = operation("delivery.see_deliveries", "查看发送记录", "See deliveries")
