from cove.kernel.operations import operation

SEE_MEMBERS = operation("org.see_members", "查看成员", "See members")
MANAGE_MEMBERS = operation("org.manage_members", "管理成员", "Manage members")
SET_UP_TENANT = operation("org.set_up_tenant", "创建企业", "Set up a tenant", grantable=False)
OWN_ACCOUNT = operation("org.own_account", "管理自己的账号", "Look after one's own account", everyone=True)
SIGN_IN = operation("org.sign_in", "登录", "Sign in", grantable=False)
END_SESSIONS = operation("org.end_sessions", "查看并结束成员的登录", "See and end members' sessions")
INVITE_MEMBERS = operation("org.invite_members", "邀请成员", "Invite members")
SET_SIGN_IN_POLICY = operation("org.set_sign_in_policy", "设置登录安全策略", "Set the sign-in policy")
