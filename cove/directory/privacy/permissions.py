from cove.kernel.files.purpose import file_purpose
from cove.kernel.operations import module_label, operation

module_label("privacy", "隐私与合规", "Privacy")

CONTACT = "people_contact"
SEEN = ("people.see_contacts",)

SEE_CONSENTS = operation(
    "privacy.see_consents", "查看同意与退订", "See consents and unsubscriptions", scoped=True, implies=SEEN, of=CONTACT
)
RECORD_CONSENT = operation(
    "privacy.record_consent",
    "登记同意与退订",
    "Record consents and unsubscriptions",
    scoped=True,
    implies=SEEN,
    of=CONTACT,
)
EXPORT_PERSON = operation(
    "privacy.export_person", "导出个人数据", "Hand out a person's data", scoped=True, implies=SEEN, of=CONTACT
)
ERASE_PERSON = operation(
    "privacy.erase_person", "删除个人数据", "Erase a person", scoped=True, implies=SEEN, of=CONTACT
)
MANAGE_PRIVACY = operation("privacy.manage", "管理隐私与合规", "Manage privacy")
KEEP_PRIVACY = operation("privacy.keep", "维护隐私记录", "Keep privacy records", grantable=False)

DATA_FILE = file_purpose("privacy.data_file", "个人数据文件", "A person's data", operation=MANAGE_PRIVACY)
