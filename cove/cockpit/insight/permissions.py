from cove.kernel.operations import operation

SEE_INSIGHT = operation("insight.see", "查看数据分析", "See analyses")
