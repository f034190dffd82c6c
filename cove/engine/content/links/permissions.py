from cove.kernel.operations import module_label, operation

module_label("links", "链接", "Links")

SEE_LINKS = operation("links.see", "查看链接", "See links", scoped=True)
CREATE_LINK = operation("links.create", "新建链接", "Create links", implies=(SEE_LINKS,))
CHANGE_LINK = operation(
    "links.change", "编辑与停用链接", "Change and switch off links", scoped=True, implies=(SEE_LINKS,)
)
DELETE_LINK = operation("links.delete", "删除与恢复链接", "Delete and restore links", scoped=True, implies=(SEE_LINKS,))
RUN_LINKS = operation("links.run", "统计链接点击", "Count clicks of links", grantable=False)
