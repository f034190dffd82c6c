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
