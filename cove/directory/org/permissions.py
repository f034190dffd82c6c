from cove.kernel.operations import operation

SEE_MEMBERS = operation("org.see_members", "查看成员", "See members")
MANAGE_MEMBERS = operation("org.manage_members", "管理成员", "Manage members")
SET_UP_TENANT = operation("org.set_up_tenant", "创建企业", "Set up a tenant", grantable=False)
OWN_ACCOUNT = operation("org.own_account", "管理自己的账号", "Look after one's own account", everyone=True)
HAND_OVER = operation("org.hand_over", "交接员工名下的客户与业务", "Hand over what a member owns", scoped=True)
DEACTIVATE_MEMBER = operation(
    "org.deactivate_member", "停用与恢复员工", "Deactivate and reactivate members", scoped=True
)
KEEP_SESSIONS = operation(
    "org.keep_sessions", "结束停用员工的登录", "End the sessions of members who left", grantable=False
)
