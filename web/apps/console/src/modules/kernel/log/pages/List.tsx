import { RedoOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { LogFailure } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { useFailures, useRetryFailure } from "../api";
import styles from "./List.module.css";

function RetryOne({ id }: { id: number }) {
  const { t } = useTranslation("log");
  const toast = useToast();
  const retry = useRetryFailure();
  return (
    <Button
      size="small" icon={<RedoOutlined />} loading={retry.isPending}
      onClick={() => { retry.mutate(id, { onSuccess: () => { toast.done(t("retried", { count: 1 })); }, onError: toast.failed }); }}
    >
      {t("retry")}
    </Button>
  );
}

function RetryMany({ rows, done }: { rows: LogFailure[]; done: () => void }) {
  const { t } = useTranslation("log");
  const toast = useToast();
  const retry = useRetryFailure();
  const all = async () => {
    const answers = await Promise.allSettled(rows.map((row) => retry.mutateAsync(row.id)));
    const refused = answers.find((answer) => answer.status === "rejected");
    if (refused) toast.failed(refused.reason);
    else toast.done(t("retried", { count: rows.length }));
    done();
  };
  return <Button size="small" icon={<RedoOutlined />} loading={retry.isPending} onClick={() => void all()}>{t("retry")}</Button>;
}

export default function List() {
  const { t } = useTranslation("log");
  const mayRetry = useMay()("log.retry_fact");
  const columns: Column<LogFailure>[] = [
    { key: "caption", title: t("column.caption"), width: 260, render: (row) => row.caption },
    { key: "consumer", title: t("column.consumer"), width: 140, render: (row) => row.consumer },
    { key: "error", title: t("column.error"), width: 340, render: (row) => <span title={row.error}>{row.error}</span> },
    { key: "failed_at", title: t("column.failedAt"), width: 120, render: (row) => <Time at={row.failed_at} /> },
    { key: "tries", title: t("column.tries"), width: 80, align: "right", render: (row) => row.tries },
    ...(mayRetry ? [{ key: "act", title: t("column.act"), width: 100, render: (row: LogFailure) => <RetryOne id={row.id} /> }] : []),
  ];
  return (
    <ListPage<LogFailure>
      name="log.failures"
      title={t("title")}
      list={useFailures()}
      columns={columns}
      batch={mayRetry ? (rows, done) => <RetryMany rows={rows} done={done} /> : undefined}
      empty={{ title: t("empty"), text: t("emptyText") }}
      card={(row) => (
        <div className={styles.card}>
          <div className={styles.head}><b>{row.caption}</b><Time at={row.failed_at} /></div>
          <p className={styles.error}>{row.error}</p>
          {mayRetry && <RetryOne id={row.id} />}
        </div>
      )}
    />
  );
}
