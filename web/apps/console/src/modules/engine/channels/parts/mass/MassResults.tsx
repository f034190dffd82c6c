import type { MassMessage, MassResult } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Badge, Segmented, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { RESULT_STATES, useMassResults, type ResultState } from "../../api/mass";
import styles from "./Mass.module.css";

const LOOKS = { waiting: "processing", sent: "success", failed: "error" } as const;

/** What became of each customer, or of each group. */
export function MassResults({ row: mass }: { row: MassMessage }) {
  const { t } = useTranslation("channels");
  const [state, choose] = useState<ResultState | "all">("all");
  const list = useMassResults(mass.id, state === "all" ? undefined : state);
  const name = ({ contact, group }: MassResult) => {
    if (contact) return <Link to={`/people/contacts/${contact.id.toString()}`}>{contact.name || t("groups.unnamed")}</Link>;
    if (group) return <Link to={`/people/groups/${group.id.toString()}`}>{group.name || t("groups.unnamed")}</Link>;
    return <span className={styles.second}>{t("mass.hidden")}</span>;
  };
  const options = (["all", ...RESULT_STATES] as const).map((value) => ({ value, label: t(`mass.results.${value}`) }));
  return (
    <Panel title={t("mass.resultsTitle")} flush>
      <div className={styles.filter}><Segmented value={state} onChange={choose} options={options} aria-label={t("mass.state")} /></div>
      {list.error ? <ErrorNotice error={list.error} retry={list.retry} /> : (
        <Table<MassResult>
          aria-label={t("mass.resultsTitle")} size="small" rowKey="id" dataSource={list.rows} loading={list.loading}
          pagination={false} scroll={{ x: "max-content" }} locale={{ emptyText: list.loading ? " " : t("mass.noResults") }}
          columns={[
            { key: "name", title: t(`mass.whom.${mass.kind}`), render: (_, row) => name(row) },
            { key: "state", title: t("mass.state"), render: (_, row) => <Badge status={LOOKS[row.state]} text={row.reason || t(`mass.results.${row.state}`)} /> },
            { key: "member", title: t("mass.member"), render: (_, row) => row.member?.name ?? "" },
            { key: "sent", title: t("mass.sentAt"), render: (_, row) => row.sent_at && <Time at={row.sent_at} /> },
          ]}
        />
      )}
      <More list={list} />
    </Panel>
  );
}
