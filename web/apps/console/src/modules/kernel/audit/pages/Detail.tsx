import type { AuditEntryDetail } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { Panel } from "@cove/kit/page/Panel";
import { exactTime } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { entryQuery, LIST } from "../api";
import { Causes } from "../embed/Causes";
import { Change } from "../embed/Change";
import { useAuditWords } from "../embed/words";
import { Outcome } from "../parts/Outcome";
import styles from "./Detail.module.css";

function About({ entry }: { entry: AuditEntryDetail }) {
  const { t } = useTranslation("audit");
  const { language, timezone } = useRegion();
  const words = useAuditWords();
  const name = words.about(entry);
  const { record } = entry;
  return (
    <Panel title={t("detail.about")}>
      <Facts
        rows={[
          { label: t("detail.who"), value: words.who(entry) },
          { label: t("detail.time"), value: exactTime(entry.at, language, timezone) },
          { label: t("detail.deed"), value: entry.label },
          { label: t("detail.outcome"), value: <Outcome entry={entry} /> },
          { label: t("detail.record"), value: record && <>{record.title && `${record.label} `}{record.link ? <Link to={record.link}>{name}</Link> : name}</> },
          ...entry.details.map((detail) => ({ label: detail.label, value: detail.value })),
          { label: t("detail.command"), value: entry.command && <code className={styles.code}>{entry.command}</code> },
          { label: t("detail.inner"), value: entry.inner.length > 0 && entry.inner.map((one) => <div key={one}><code className={styles.code}>{one}</code></div>) },
        ].filter((row) => row.value !== false)}
      />
    </Panel>
  );
}

function From({ entry }: { entry: AuditEntryDetail }) {
  const { t } = useTranslation("audit");
  return (
    <Panel title={t("detail.from")}>
      <Facts
        rows={[
          { label: t("detail.door"), value: t(`door.${entry.door}`) },
          { label: t("detail.address"), value: entry.address },
          { label: t("detail.agent"), value: entry.agent },
          { label: t("detail.path"), value: entry.path && <code className={styles.code}>{entry.path}</code> },
          { label: t("detail.request"), value: entry.request_id && <code className={styles.code}>{entry.request_id}</code> },
          { label: t("detail.session"), value: entry.session_id },
        ]}
      />
    </Panel>
  );
}

function Changes({ entry }: { entry: AuditEntryDetail }) {
  const { t } = useTranslation("audit");
  const shown = entry.changes.reduce((sum, change) => sum + change.rows, 0);
  return (
    <Panel title={t("detail.changes")}>
      {entry.changes.length === 0 && <p className={styles.none}>{t("detail.noChanges")}</p>}
      {entry.changes.map((change, at) => <Change key={at} change={change} />)}
      {entry.changed_rows > shown && <p className={styles.none}>{t("detail.more", { count: entry.changed_rows - shown })}</p>}
    </Panel>
  );
}

export default function Detail() {
  const { t } = useTranslation("audit");
  const id = Number(useParams().id);
  const { data: entry, error, refetch } = useQuery(entryQuery(id));
  const neighbours = useNeighbours(id);
  return (
    <DetailDrawer parent={LIST} title={entry?.label ?? t("detail.title")} neighbours={neighbours} size={720}>
      {!entry && (error ? <div className={styles.page}><ErrorNotice error={error} retry={() => void refetch()} /></div> : <Waiting />)}
      {entry && (
        <div className={styles.page}>
          <About entry={entry} />
          {entry.causes.length > 0 && <Panel title={t("detail.causes")}><Causes causes={entry.causes} /></Panel>}
          <Changes entry={entry} />
          <From entry={entry} />
        </div>
      )}
    </DetailDrawer>
  );
}
