from cove.kernel.operations import operation

SEE_JOBS = operation("jobs.see", "查看后台任务", "See background work")
CANCEL_JOB = operation("jobs.cancel", "取消后台任务", "Cancel background work")
CANCEL_OWN = operation("jobs.cancel_own", "取消自己的后台任务", "Cancel one's own background work", everyone=True)
