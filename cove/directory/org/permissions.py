from cove.kernel.operations import operation

SEE_MEMBERS = operation("org.see_members", "查看成员", "See members")
MANAGE_MEMBERS = operation("org.manage_members", "管理成员", "Manage members")
SET_UP_TENANT = operation("org.set_up_tenant", "创建企业", "Set up a tenant", grantable=False)
OWN_ACCOUNT = operation("org.own_account", "管理自己的账号", "Look after one's own account", everyone=True)
SET_NOTICE_DEFAULTS = operation(
    "org.set_notice_defaults", "设置通知默认方式", "Set how members are notified by default"
)
NOTIFY = operation("org.notify", "通知成员", "Notify members", grantable=False)
