from cove.kernel.files.purpose import file_purpose
from cove.kernel.operations import module_label, operation

module_label("wecom", "企业微信", "WeCom")

SEE_CHANNEL = operation("wecom.see_channel", "查看企业微信配置", "See the WeCom settings")
CONFIGURE = operation("wecom.configure", "配置企业微信", "Configure WeCom", implies=(SEE_CHANNEL,))
SYNC = operation("wecom.sync", "同步企业微信数据", "Sync from WeCom", implies=(SEE_CHANNEL,))
MEET_CUSTOMER = operation(
    "wecom.meet_customer", "同步自己的企业微信客户", "Sync one's own WeCom customer", everyone=True
)
CALL = operation("wecom.call", "调用企业微信", "Act on WeCom", grantable=False)
TAKE_OVER = operation("wecom.take_over", "接收企业微信数据", "Take over what WeCom tells", grantable=False)

SEE_GROUPS = operation(
    "wecom.see_groups", "查看客户群", "See customer groups", scoped=True, implies=("people.see_contacts",)
)
SEE_BEHAVIOUR = operation(
    "wecom.see_behaviour", "查看成员联系客户统计", "See what members do with customers", scoped=True
)
SEE_TOOLS = operation("wecom.see_tools", "查看企业微信工具", "See tools at WeCom")
MANAGE_TOOLS = operation(
    "wecom.manage_tools", "管理企业微信工具", "Manage tools at WeCom", implies=(SEE_TOOLS, SEE_GROUPS)
)
SEND_MASS = operation(
    "wecom.send_mass",
    "企业群发与朋友圈",
    "Mass messages and moments",
    implies=("people.see_contacts", SEE_GROUPS),
)

MATERIAL = file_purpose("wecom.material", "企业微信消息素材", "Files for messages in WeCom", operation=SEND_MASS)
