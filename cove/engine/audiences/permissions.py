from cove.kernel.operations import module_label, operation

module_label("audiences", "人群圈选", "Audiences")

PREVIEW_AUDIENCE = operation(
    "audiences.preview",
    "预览圈选人群",
    "Preview audiences",
    scoped=True,
    implies=("people.see_contacts",),
    of="people_contact",
)
