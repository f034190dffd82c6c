from cove.kernel.operations import module_label, operation

module_label("log", "未处理的动态", "Facts set aside")

SEE_FAILURES = operation("log.see", "查看未处理的动态", "See facts that were set aside")
RETRY_FACT = operation("log.retry_fact", "重试未处理的动态", "Retry facts that were set aside", implies=(SEE_FAILURES,))
