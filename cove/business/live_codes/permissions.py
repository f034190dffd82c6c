from cove.kernel.operations import module_label, operation

module_label("live_codes", "渠道活码", "Live codes")

# What the form of a code lets one choose from.
CHOICES = ("org.see_members", "people.see_tags")

SEE_CODES = operation("live_codes.see", "查看渠道活码", "See live codes", scoped=True)
CREATE_CODE = operation("live_codes.create", "新建渠道活码", "Create live codes", implies=(SEE_CODES, *CHOICES))
CHANGE_CODE = operation(
    "live_codes.change", "编辑渠道活码", "Change live codes", scoped=True, implies=(SEE_CODES, *CHOICES)
)
DELETE_CODE = operation(
    "live_codes.delete", "删除与恢复渠道活码", "Delete and restore live codes", scoped=True, implies=(SEE_CODES,)
)
RUN_CODES = operation(
    "live_codes.run", "处理活码访问与加好友", "Handle visits and friendships of live codes", grantable=False
)
