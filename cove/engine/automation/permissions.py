from cove.kernel.operations import operation

PERFORM_ACTIONS = operation("automation.perform", "执行自动化动作", "Perform automatic actions")
SEE_ACTS = operation("automation.see_acts", "查看自动化记录", "See automatic acts", scoped=True)
