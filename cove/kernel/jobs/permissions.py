from cove.kernel.operations import module_label, operation

module_label("jobs", "后台任务", "Background work")

SEE_JOBS = operation("jobs.see", "查看他人的后台任务", "See background work of others", scoped=True)
CANCEL_JOB = operation(
    "jobs.cancel", "取消他人的后台任务", "Cancel background work of others", scoped=True, implies=(SEE_JOBS,)
)
OWN_JOBS = operation("jobs.own", "取消自己的后台任务", "Cancel one's own background work", everyone=True)
KEEP_RUNS = operation("jobs.keep_runs", "整理后台任务", "Keep the list of background work in order", grantable=False)
