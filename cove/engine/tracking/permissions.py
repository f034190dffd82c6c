from cove.kernel.operations import operation

SEE_SOURCES = operation("tracking.see_sources", "查看数据源", "See tracking sources")
MANAGE_SOURCES = operation("tracking.manage_sources", "管理数据源", "Manage tracking sources")
NOTE_SEEN = operation("tracking.note_seen", "记录数据源活动", "Note activity of tracking sources", grantable=False)
