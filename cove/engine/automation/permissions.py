from cove.kernel.operations import module_label, operation

module_label("automation", "自动化", "Automation")

PERFORM_ACTIONS = operation(
    "automation.perform", "执行自动化动作", "Perform automatic actions", implies=("people.see_contacts",)
)
SEE_ACTS = operation(
    "automation.see_acts",
    "查看自动化记录",
    "See automatic acts",
    scoped=True,
    implies=("people.see_contacts",),
    of="people_contact",
)
