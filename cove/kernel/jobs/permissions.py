from cove.kernel.operations import operation

SEE_JOBS = operation("jobs.see", "查看后台任务", "See background work")
CANCEL_JOB = operation("jobs.cancel", "取消后台任务", "Cancel background work")
