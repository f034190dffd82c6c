from cove.kernel.operations import operation
from cove.kernel.sensitive import mask_phone, sensitive_field

SEE_MEMBERS = operation("org.see_members", "查看成员", "See members")
MANAGE_MEMBERS = operation("org.manage_members", "管理成员", "Manage members")
SET_UP_TENANT = operation("org.set_up_tenant", "创建企业", "Set up a tenant", grantable=False)
OWN_ACCOUNT = operation("org.own_account", "管理自己的账号", "Look after one's own account", everyone=True)
MANAGE_DEPARTMENTS = operation("org.manage_departments", "管理部门", "Manage departments")

MEMBER_PHONE = sensitive_field(
    "org.member_phone", "成员手机号", "Members' phone numbers", mask=mask_phone, columns=("org_member.phone",)
)
