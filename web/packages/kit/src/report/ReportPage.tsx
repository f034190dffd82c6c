import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";

import { ErrorNotice } from "../feedback/ErrorNotice";
import { PageShell } from "../page/PageShell";
import styles from "./ReportPage.module.css";

interface ReportBodyProps<Data> {
  /** Filters; their state is in the URL. */
  filters: ReactNode;
  query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  /** In place of the numbers while nothing has been asked yet. */
  idle?: ReactNode;
  /** Figures, chart and tables of the answer. */
  children: (data: Data) => ReactNode;
}

export function ReportBody<Data>({ filters, query, idle, children }: ReportBodyProps<Data>) {
  const { data, error, refetch } = query;
  return (
    <div className={styles.report}>
      <div className={styles.filters}>{filters}</div>
      {idle ?? (data !== undefined ? children(data) : error
        ? <ErrorNotice error={error} retry={() => void refetch()} />
        : <Skeleton active paragraph={{ rows: 8 }} />)}
    </div>
  );
}

interface ReportPageProps<Data> extends ReportBodyProps<Data> {
  title: string;
  lead?: string;
  actions?: ReactNode;
}

export function ReportPage<Data>({ title, lead, actions, ...body }: ReportPageProps<Data>) {
  return (
    <PageShell title={title} lead={lead} actions={actions} width="wide">
      <ReportBody {...body} />
    </PageShell>
  );
}
