from cove.kernel.operations import module_label, operation

module_label("tracking", "数据采集", "Tracking")

SEE_SOURCES = operation("tracking.see_sources", "查看数据源", "See tracking sources")
MANAGE_SOURCES = operation("tracking.manage_sources", "管理数据源", "Manage tracking sources", implies=(SEE_SOURCES,))
NOTE_SEEN = operation("tracking.note_seen", "记录数据源活动", "Note activity of tracking sources", grantable=False)

WATCH_SOURCES = operation("tracking.watch_sources", "查看实时事件", "See events as they arrive", implies=(SEE_SOURCES,))
NOTE_SIGHTINGS = operation("tracking.note_sightings", "记录实时事件", "Note events as they arrive", grantable=False)
FORGET_SIGHTINGS = operation("tracking.forget_sightings", "清除实时事件", "Forget events that arrived", grantable=False)

SEE_TRAFFIC = operation("tracking.see_traffic", "查看流量质量", "See the quality of traffic", implies=(SEE_SOURCES,))
MARK_TRAFFIC = operation("tracking.mark_traffic", "标记正常流量", "Mark traffic as normal", implies=(SEE_TRAFFIC,))
NOTE_TRAFFIC = operation("tracking.note_traffic", "检查流量质量", "Look at the quality of traffic", grantable=False)
SEE_USAGE = operation("tracking.see_usage", "查看产品使用", "See product usage", implies=(SEE_SOURCES,))
NOTE_USAGE = operation("tracking.note_usage", "记录产品使用", "Note product usage", grantable=False)
SEE_PLAN = operation("tracking.see_plan", "查看埋点方案", "See the tracking plan")
MANAGE_PLAN = operation("tracking.manage_plan", "管理埋点方案", "Manage the tracking plan", implies=(SEE_PLAN,))
COUNT_PLAN = operation("tracking.count_plan", "统计埋点方案", "Count what came by the plan", grantable=False)
RUN_PLAN = operation("tracking.run_plan", "移交埋点事件", "Hand planned events over", grantable=False)
