import type { MemberActivity } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { behaviourQuery, SPANS, type Span } from "../api/behaviour";
import styles from "../parts/Behaviour.module.css";

const FIGURES = ["applications", "added", "chats", "messages", "reply_share", "reply_minutes", "lost"] as const;

function Table({ rows }: { rows: MemberActivity[] }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const shown = (row: MemberActivity, figure: (typeof FIGURES)[number]) => {
    const value = row[figure];
    return value === null ? "–" : exactNumber(Math.round(value), language) + (figure === "reply_share" ? "%" : "");
  };
  return (
    // Whoever has no mouse scrolls it by the keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("behaviour.title")}>
      <table className={styles.table}>
        <thead>
          <tr><th scope="col">{t("behaviour.member")}</th>{FIGURES.map((figure) => <th key={figure} scope="col">{t(`behaviour.figures.${figure}`)}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.member.id}><th scope="row">{row.member.name}</th>{FIGURES.map((figure) => <td key={figure}>{shown(row, figure)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export default function BehaviourDetail() {
  const { t } = useTranslation("channels");
  const [days, setDays] = useState<Span>("7");
  const { data, error, refetch } = useQuery(behaviourQuery(days));
  const spans = SPANS.map((value) => ({ value, label: t(`behaviour.spans.${value}`) }));
  return (
    <PageShell title={t("behaviour.title")} lead={t("behaviour.lead")} actions={<Segmented<Span> value={days} options={spans} onChange={setDays} aria-label={t("behaviour.span")} />}>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (data.length > 0 ? <Panel><Table rows={data} /></Panel> : <Empty title={t("behaviour.empty")} text={t("behaviour.emptyText")} />)}
    </PageShell>
  );
}
