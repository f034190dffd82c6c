import { useMay } from "@cove/api/session";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Panel } from "@cove/kit/page/Panel";
import { dayLabel, dayOf } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useNow } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Select, Skeleton } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useTimeline } from "../api";
import { FactLine } from "../parts/FactLine";
import { groupByDay } from "../parts/group";
import styles from "./ContactTimeline.module.css";
import { factKindsQuery } from "./facts";

function KindFilter({ kinds, change }: { kinds: string[]; change: (kinds: string[]) => void }) {
  const { t } = useTranslation("timeline");
  const { data } = useQuery(factKindsQuery);
  return (
    <Select
      mode="multiple" size="small" allowClear maxTagCount="responsive" className={styles.filter} popupMatchSelectWidth={240}
      aria-label={t("filter")} placeholder={t("filter")} value={kinds} onChange={change}
      showSearch={{ optionFilterProp: "label" }}
      options={(data?.items ?? []).map((fact) => ({ value: fact.kind, label: fact.label, title: fact.description }))}
    />
  );
}

/** Everything that happened with a contact, by day; nothing for who may not see it. */
export default function ContactTimeline({ contactId }: { contactId: number }) {
  return useMay()("timeline.see") ? <Timeline contactId={contactId} /> : null;
}

function Timeline({ contactId }: { contactId: number }) {
  const { t } = useTranslation("timeline");
  const { language, timezone } = useRegion();
  const [state, change] = useUrlState();
  const kinds = useMemo(() => state.kind?.split(",").filter(Boolean) ?? [], [state.kind]);
  const list = useTimeline(contactId, kinds);
  const today = dayOf(useNow(), timezone);
  const days = useMemo(() => groupByDay(list.rows, timezone), [list.rows, timezone]);
  return (
    <Panel title={t("title")} extra={<KindFilter kinds={kinds} change={(next) => { change({ kind: next.join(",") }); }} />}>
      {list.loading && <Skeleton active paragraph={{ rows: 8 }} />}
      {list.error && <ErrorNotice error={list.error} retry={list.retry} />}
      {!list.loading && !list.error && days.length === 0 && (
        <Empty title={kinds.length > 0 ? t("nothingMatches") : t("empty")} text={kinds.length > 0 ? undefined : t("emptyText")} />
      )}
      {days.map(({ day, entries }) => (
        <section key={day} className={styles.day}>
          <h3 className={styles.date}>{day === today ? t("today", { day: dayLabel(day, language, today) }) : dayLabel(day, language, today)}</h3>
          <ul>{entries.map((entry) => <FactLine key={entry.key} entry={entry} />)}</ul>
        </section>
      ))}
      <More list={list} />
    </Panel>
  );
}
