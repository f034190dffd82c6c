import type { AuditEntry } from "@cove/api/types";
import { selectFilter, type FilterField } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import { Slot } from "@cove/kit/slots/Slots";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { choicesQuery, LIST, useEntries } from "../api";
import "../embed/slots";
import { useAuditWords } from "../embed/words";
import { DaysFilter } from "../parts/DaysFilter";
import { ExportButton } from "../parts/ExportButton";
import { Outcome } from "../parts/Outcome";
import styles from "./List.module.css";

const OUTCOMES = ["done", "refused", "failed"] as const;
const DOORS = ["console", "api", "public", "callback", "work", "command_line"] as const;

function useFilters(): FilterField[] {
  const { t } = useTranslation("audit");
  const { data } = useQuery(choicesQuery);
  return [
    {
      key: "member_id",
      label: t("filter.member"),
      control: (value, change) => <Slot name="audit.memberFilter" given={{ value: urlNumber(value), change: (id) => { change(id?.toString()); } }} />,
    },
    { key: "days", label: t("filter.first"), control: (value, change) => <DaysFilter value={value} change={change} /> },
    selectFilter({ key: "deed", label: t("filter.deed"), options: data?.deeds ?? [] }),
    selectFilter({ key: "operation", label: t("filter.operation"), options: data?.operations ?? [] }),
    selectFilter({ key: "record", label: t("filter.record"), options: data?.records ?? [] }),
    selectFilter({ key: "outcome", label: t("filter.outcome"), options: OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) })) }),
    selectFilter({ key: "door", label: t("filter.door"), options: DOORS.map((value) => ({ value, label: t(`door.${value}`) })) }),
  ];
}

export default function List() {
  const { t } = useTranslation("audit");
  const words = useAuditWords();
  const [state] = useUrlState();
  const columns: Column<AuditEntry>[] = [
    { key: "at", title: t("column.at"), width: 130, render: (entry) => <Time at={entry.at} /> },
    { key: "who", title: t("column.who"), width: 160, render: (entry) => words.who(entry) },
    { key: "deed", title: t("column.deed"), width: 200, render: (entry) => entry.label },
    {
      key: "record", title: t("column.record"), width: 220,
      render: (entry) => entry.record && <span>{entry.record.title && <span className={styles.kind}>{entry.record.label} </span>}{words.about(entry)}</span>,
    },
    { key: "outcome", title: t("column.outcome"), width: 130, render: (entry) => <Outcome entry={entry} /> },
    { key: "from", title: t("column.from"), width: 170, render: (entry) => [t(`door.${entry.door}`), entry.address].filter(Boolean).join(" · ") },
  ];
  return (
    <ListPage<AuditEntry>
      name="audit"
      title={t("title")}
      list={useEntries(state)}
      columns={columns}
      filters={useFilters()}
      search={t("search")}
      actions={<ExportButton />}
      href={(id) => `${LIST}/${id.toString()}`}
      empty={{ title: t("empty"), text: t("emptyText") }}
      card={(entry) => (
        <div className={styles.card}>
          <div className={styles.head}><b>{words.who(entry)}</b><Time at={entry.at} /></div>
          <div>{entry.label} {words.about(entry)}</div>
          {entry.outcome !== "done" && <Outcome entry={entry} />}
        </div>
      )}
    />
  );
}
