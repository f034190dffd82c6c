from cove.kernel.operations import operation

SEE_CONTACTS = operation("people.see_contacts", "查看客户", "See contacts")
SEE_PHONES = operation("people.see_phones", "查看完整手机号", "See whole phone numbers")
ADMIT_CONTACT = operation("people.admit_contact", "新建客户", "Admit contacts")
CHANGE_CONTACT = operation("people.change_contact", "编辑客户资料", "Change contacts")
WRITE_NOTE = operation("people.write_note", "写跟进记录", "Write notes")
TAG_CONTACT = operation("people.tag_contact", "给客户打标签", "Tag contacts")
MANAGE_TAGS = operation("people.manage_tags", "管理标签库", "Manage the tag library")
