from cove.kernel.operations import operation

SEE_TIMELINE = operation("timeline.see", "查看客户动态", "See what happened with contacts", scoped=True)
