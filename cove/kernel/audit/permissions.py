from cove.kernel.files.purpose import file_purpose
from cove.kernel.operations import module_label, operation

module_label("audit", "审计日志", "Audit log")

SEE_AUDIT = operation("audit.see", "查看审计日志", "See the audit log")
EXPORT_AUDIT = operation("audit.export", "导出审计日志", "Export the audit log", implies=(SEE_AUDIT,))
AUDIT_FILE = file_purpose("audit.export", "审计日志导出", "Exports of the audit log")
SEE_HISTORY = operation("audit.see_history", "查看修改记录", "See what was changed on a record")
KEEP_AUDIT = operation("audit.keep", "维护审计日志", "Look after the audit log", grantable=False)
