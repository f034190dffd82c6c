import { ScheduleOutlined } from "@ant-design/icons";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useQuery } from "@tanstack/react-query";
import { Badge, Button, Popover } from "antd";
import { useTranslation } from "react-i18next";

import { isOpen, jobsQuery } from "../api";
import { JobProgress } from "./JobProgress";
import styles from "./Tasks.module.css";

const SHOWN = 20;

function TaskList() {
  const { t } = useTranslation("jobs");
  const { data, error, refetch } = useQuery(jobsQuery);
  if (error && !data) return <ErrorNotice error={error} retry={() => void refetch()} />;
  const jobs = data?.items ?? [];
  if (jobs.length === 0) return <Empty title={t("none")} text={t("noneText")} />;
  return (
    <ul className={styles.list}>
      {jobs.slice(0, SHOWN).map((job) => <li key={job.id} className={styles.item}><JobProgress job={job} /></li>)}
    </ul>
  );
}

/** Long work, found again from every page. */
export function Tasks() {
  const { t } = useTranslation("jobs");
  const { data } = useQuery(jobsQuery);
  const running = data?.items.filter(isOpen).length ?? 0;
  return (
    <Popover trigger="click" placement="bottomRight" title={t("title")} content={<div className={styles.panel}><TaskList /></div>}>
      <Badge count={running} size="small" color="var(--cove-accent)" offset={[-6, 6]}>
        <Button type="text" icon={<ScheduleOutlined />} aria-label={t("open", { count: running })} title={t("title")} />
      </Badge>
    </Popover>
  );
}
