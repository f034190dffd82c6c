from cove.kernel.operations import module_label, operation

module_label("tracking", "数据采集", "Tracking")

SEE_SOURCES = operation("tracking.see_sources", "查看数据源", "See tracking sources")
MANAGE_SOURCES = operation("tracking.manage_sources", "管理数据源", "Manage tracking sources", implies=(SEE_SOURCES,))
NOTE_SEEN = operation("tracking.note_seen", "记录数据源活动", "Note activity of tracking sources", grantable=False)

WATCH_SOURCES = operation("tracking.watch_sources", "查看实时事件", "See events as they arrive", implies=(SEE_SOURCES,))
NOTE_SIGHTINGS = operation("tracking.note_sightings", "记录实时事件", "Note events as they arrive", grantable=False)
FORGET_SIGHTINGS = operation("tracking.forget_sightings", "清除实时事件", "Forget events that arrived", grantable=False)
