from cove.kernel.files.purpose import file_purpose
from cove.kernel.operations import operation
from cove.kernel.sensitive import mask_email, mask_phone, mask_text, sensitive_field

SEE_CONTACTS = operation("people.see_contacts", "查看客户", "See contacts", scoped=True)
CHANGE_CONTACT = operation("people.change_contact", "编辑客户资料", "Change contacts", scoped=True)
WRITE_NOTE = operation("people.write_note", "写跟进记录", "Write notes", scoped=True)
TAG_CONTACT = operation("people.tag_contact", "给客户打标签", "Tag contacts", scoped=True)
MANAGE_TAGS = operation("people.manage_tags", "管理标签库", "Manage the tag library")
KEEP_PEOPLE = operation("people.keep", "维护客户数据", "Keep people's records", grantable=False)

PHONE = sensitive_field("people.phone", "手机号", "Phone", mask=mask_phone, columns=("people_contact.phone",))
EMAIL = sensitive_field("people.email", "邮箱", "E-mail", mask=mask_email, columns=("people_contact.email",))
WECHAT_ID = sensitive_field(
    "people.wechat_id", "微信号", "WeChat id", mask=mask_text, columns=("people_identity.value",)
)

EXPORT_CONTACTS = operation("people.export_contacts", "导出客户", "Export contacts", scoped=True)
UPDATE_MANY = operation("people.update_many", "批量更新客户", "Update many contacts at once", scoped=True)
HAND_OVER = operation("people.hand_over", "变更客户跟进人", "Change who follows contacts", scoped=True)
NOTE_EXPORT = operation("people.note_export", "记录客户导出", "Note exports of contacts", grantable=False)

CONTACTS_FILE = file_purpose("people.contacts_export", "客户导出", "Export of contacts")
