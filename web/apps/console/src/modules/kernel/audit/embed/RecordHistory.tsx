import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { useMay } from "@cove/api/session";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Time } from "@cove/kit/region/Time";
import { Button, Collapse } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Causes } from "./Causes";
import { Change } from "./Change";
import { AUDIT_KEY } from "./keys";
import styles from "./RecordHistory.module.css";
import { useAuditWords } from "./words";

const PAGE = 20;

interface RecordHistoryProps {
  /** The table that holds the record, such as people_contact. */
  record: string;
  id: number;
}

function Entries({ record, id }: RecordHistoryProps) {
  const { t } = useTranslation("audit");
  const words = useAuditWords();
  const list = useKeyset({
    queryKey: [AUDIT_KEY, "of", record, id],
    fetchPage: (cursor) => read(api.GET("/api/audit/of/{record}/{record_id}", { params: { path: { record, record_id: id }, query: { cursor, limit: PAGE } } })),
  });
  if (list.error) return <ErrorNotice error={list.error} retry={list.retry} />;
  if (list.loading) return <Waiting />;
  if (list.rows.length === 0) return <Empty title={t("history.empty")} />;
  return (
    <>
      <ol className={styles.entries}>
        {list.rows.map((entry) => (
          <li key={entry.id} className={styles.entry}>
            <div className={styles.head}>
              <span><b>{words.who(entry)}</b> {entry.label}</span>
              <Time at={entry.at} />
            </div>
            {entry.causes.length > 0 && <div className={styles.causes}><Causes causes={entry.causes} /></div>}
            {entry.changes.map((change, at) => <Change key={`${entry.id.toString()}.${at.toString()}`} change={change} />)}
          </li>
        ))}
      </ol>
      {list.hasMore && <Button size="small" loading={list.loadingMore} onClick={list.loadMore}>{t("history.more")}</Button>}
    </>
  );
}

/** Who changed what on one record; read when it is opened, and only for those who may see it. */
export function RecordHistory({ record, id }: RecordHistoryProps) {
  const { t } = useTranslation("audit");
  const [open, setOpen] = useState(false);
  if (!useMay()("audit.see_history")) return null;
  return (
    <Collapse
      className={styles.history}
      onChange={(keys) => { setOpen(keys.length > 0); }}
      items={[{ key: "history", label: t("history.title"), children: open ? <Entries record={record} id={id} /> : null }]}
    />
  );
}
