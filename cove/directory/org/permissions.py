from cove.kernel.audit.deeds import deed
from cove.kernel.operations import module_label, operation
from cove.kernel.sensitive import mask_phone, sensitive_field

module_label("org", "组织与账号", "Organisation and accounts")

SEE_MEMBERS = operation("org.see_members", "查看成员", "See members")
MANAGE_MEMBERS = operation("org.manage_members", "管理成员", "Manage members", implies=(SEE_MEMBERS,))
SEE_ROLES = operation("org.see_roles", "查看角色与权限", "See roles and rights", implies=(SEE_MEMBERS,))
MANAGE_ROLES = operation(
    "org.manage_roles", "管理角色与授权", "Manage and grant roles", implies=(SEE_ROLES,), keys=False
)
SET_UP_TENANT = operation("org.set_up_tenant", "创建企业", "Set up a tenant", grantable=False)
MANAGE_COMPANY = operation("org.manage_company", "管理企业信息", "Manage the company's details")
MANAGE_API_KEYS = operation("org.manage_api_keys", "使用 API 密钥", "Use API keys", keys=False)
MANAGE_INSTALLATION = operation(
    "org.manage_installation", "管理本系统的企业", "Manage the installation's tenants", installation=True
)
OWN_ACCOUNT = operation("org.own_account", "管理自己的账号", "Look after one's own account", everyone=True)
MANAGE_DEPARTMENTS = operation("org.manage_departments", "管理部门", "Manage departments", implies=(SEE_MEMBERS,))
HAND_OVER = operation(
    "org.hand_over", "交接员工名下的客户与业务", "Hand over what a member owns", scoped=True, implies=(SEE_MEMBERS,)
)
DEACTIVATE_MEMBER = operation(
    "org.deactivate_member", "停用与恢复员工", "Deactivate and reactivate members", scoped=True, implies=(SEE_MEMBERS,)
)
SIGN_IN = operation("org.sign_in", "登录", "Sign in", grantable=False)
END_SESSIONS = operation(
    "org.end_sessions", "查看并结束成员的登录", "See and end members' sessions", implies=(SEE_MEMBERS,)
)
INVITE_MEMBERS = operation("org.invite_members", "邀请成员", "Invite members")
SET_SIGN_IN_POLICY = operation("org.set_sign_in_policy", "设置登录安全策略", "Set the sign-in policy")
SET_NOTICE_DEFAULTS = operation(
    "org.set_notice_defaults", "设置通知默认方式", "Set how members are notified by default"
)
NOTIFY = operation("org.notify", "通知成员", "Notify members", grantable=False)

MEMBER_PHONE = sensitive_field(
    "org.member_phone", "成员手机号", "Members' phone numbers", mask=mask_phone, columns=("org_member.phone",)
)
SIGNED_IN = deed("org.signed_in", "登录", "Signed in")
SIGNED_OUT = deed("org.signed_out", "退出登录", "Signed out")
