from cove.kernel.operations import module_label, operation

module_label("insight", "数据分析", "Analyses")

SEE_INSIGHT = operation("insight.see", "查看数据分析", "See analyses", scoped=True, of="people_contact")
