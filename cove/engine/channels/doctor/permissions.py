from cove.kernel.operations import module_label, operation

module_label("doctor", "渠道体检", "Health of channels")

SEE_HEALTH = operation("doctor.see_health", "查看渠道体检", "See the health of channels")
EXAMINE = operation("doctor.examine", "发起渠道体检", "Examine channels", implies=(SEE_HEALTH,))
KEEP = operation("doctor.keep", "记录体检结果", "Keep what was found", grantable=False)
