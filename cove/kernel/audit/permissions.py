from cove.kernel.operations import operation

SEE_AUDIT = operation("audit.see", "查看审计日志", "See the audit log")
EXPORT_AUDIT = operation("audit.export", "导出审计日志", "Export the audit log")
CONFIGURE_AUDIT = operation("audit.configure", "设置审计日志保留期", "Set how long the audit log is kept")
SEE_HISTORY = operation("audit.see_history", "查看修改记录", "See what was changed on a record")
KEEP_AUDIT = operation("audit.keep", "维护审计日志", "Look after the audit log", grantable=False)
