import type { Job } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { duration, exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Progress, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { isOpen, jobQuery, useCancelJob } from "../api";
import styles from "./JobProgress.module.css";

const STATUS = { waiting: "normal", running: "active", done: "success", failed: "exception", cancelled: "normal" } as const;

function share(job: Job): number {
  if (job.state === "done") return 100;
  return job.total > 0 ? Math.min(100, Math.round((job.done / job.total) * 100)) : 0;
}

/** How far a job is, with numbers and the time that remains, and the button that stops it. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const { language } = useRegion();
  const toast = useToast();
  const cancel = useCancelJob();
  const open = isOpen(job);
  const numbers = job.total > 0 ? `${exactNumber(job.done, language)} / ${exactNumber(job.total, language)}` : "";
  const left = open && job.remaining_seconds ? t("remaining", { time: duration(job.remaining_seconds, language) }) : "";
  return (
    <div className={styles.job}>
      <div className={styles.head}>
        <span className={styles.label}>{job.label}</span>
        {open && job.may_cancel
          ? <Button size="small" type="text" loading={cancel.isPending} onClick={() => { cancel.mutate(job.id, { onError: toast.failed }); }}>{t("cancel")}</Button>
          : <span className={styles.when}><Time at={job.finished_at} /></span>}
      </div>
      <Progress percent={share(job)} status={STATUS[job.state]} size="small" aria-label={job.label} />
      <div className={styles.foot}>{[t(`state.${job.state}`), numbers, left, job.message].filter(Boolean).join(" · ")}</div>
    </div>
  );
}

/** The same for a job of which only the number is known. */
export function JobWatch({ id }: { id: number }) {
  const { data } = useQuery(jobQuery(id));
  return data ? <JobProgress job={data} /> : <Skeleton active paragraph={{ rows: 1 }} />;
}
