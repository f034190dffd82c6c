from cove.kernel.operations import module_label, operation

module_label("timeline", "客户动态", "Timelines")

SEE_TIMELINE = operation(
    "timeline.see",
    "查看客户动态",
    "See what happened with contacts",
    scoped=True,
    implies=("people.see_contacts",),
    of="people_contact",
)
TELL_WATCHERS = operation(
    "timeline.tell_watchers", "通知正在查看动态的成员", "Tell members who look at a timeline", grantable=False
)
KEEP_LIMITS = operation("timeline.keep_limits", "落实保留期限", "Keep limits of retention", grantable=False)
