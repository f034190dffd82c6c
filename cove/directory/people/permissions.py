from cove.kernel.files.purpose import file_purpose
from cove.kernel.operations import module_label, operation
from cove.kernel.sensitive import mask_email, mask_phone, mask_text, sensitive_field

module_label("people", "客户", "Contacts")

SEE_TAGS = operation("people.see_tags", "查看标签库", "See the tag library")
SEE_CONTACTS = operation("people.see_contacts", "查看客户", "See contacts", scoped=True, implies=(SEE_TAGS,))
CHANGE_CONTACT = operation(
    "people.change_contact", "编辑客户资料", "Change contacts", scoped=True, implies=(SEE_CONTACTS,)
)
WRITE_NOTE = operation("people.write_note", "写跟进记录", "Write notes", scoped=True, implies=(SEE_CONTACTS,))
TAG_CONTACT = operation("people.tag_contact", "给客户打标签", "Tag contacts", scoped=True, implies=(SEE_CONTACTS,))
MANAGE_TAGS = operation("people.manage_tags", "管理标签库", "Manage the tag library", implies=(SEE_TAGS,))
KEEP_PEOPLE = operation("people.keep", "维护客户数据", "Keep people's records", grantable=False)

# Mobile numbers of the mainland, written with or without +86, blanks and dashes; other numbers with a country code.
PHONE_PATTERN = (
    r"(?<![0-9A-Za-z])(?:(?:\+|00|%2B)\d{1,3}[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9])|(?<!\w)\+\d{8,15}(?!\d)"
)
EMAIL_PATTERN = r"[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
# External userids and unionids, as WeCom writes them (documents 92114, 92143).
WECHAT_PATTERN = r"(?<![0-9A-Za-z_-])(?:w[mo]|o)[A-Za-z0-9_-]{26,62}(?![0-9A-Za-z_-])"

PHONE = sensitive_field(
    "people.phone", "手机号", "Phone", mask=mask_phone, columns=("people_contact.phone",), pattern=PHONE_PATTERN
)
EMAIL = sensitive_field(
    "people.email", "邮箱", "E-mail", mask=mask_email, columns=("people_contact.email",), pattern=EMAIL_PATTERN
)
WECHAT_ID = sensitive_field(
    "people.wechat_id",
    "微信号",
    "WeChat id",
    mask=mask_text,
    columns=("people_identity.value",),
    pattern=WECHAT_PATTERN,
)

EXPORT_CONTACTS = operation(
    "people.export_contacts", "导出客户", "Export contacts", scoped=True, implies=(SEE_CONTACTS,)
)
UPDATE_MANY = operation(
    "people.update_many", "批量更新客户", "Update many contacts at once", scoped=True, implies=(SEE_CONTACTS,)
)
HAND_OVER = operation(
    "people.hand_over", "变更客户跟进人", "Change who follows contacts", scoped=True, implies=(SEE_CONTACTS,)
)
MERGE_CONTACTS = operation(
    "people.merge_contacts", "合并重复客户", "Merge duplicate contacts", scoped=True, implies=(SEE_CONTACTS,)
)
NOTE_EXPORT = operation("people.note_export", "记录客户导出", "Note exports of contacts", grantable=False)

CONTACTS_FILE = file_purpose("people.contacts_export", "客户导出", "Export of contacts")
