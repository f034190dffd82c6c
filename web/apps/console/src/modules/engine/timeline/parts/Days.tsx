import type { TimelineItem } from "@cove/api/types";
import { dayLabel, dayOf } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useNow } from "@cove/kit/region/Time";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Days.module.css";
import { FactLine } from "./FactLine";
import { groupByDay } from "./group";
import { useSteps } from "./useSteps";

interface DaysProps {
  items: TimelineItem[];
  /** The visits that are open, by key. */
  open: ReadonlySet<string>;
  toggle: (key: string) => void;
  show: (item: TimelineItem) => void;
}

/** The lines under their days; J and K go through them once one has the focus, Enter opens. */
export function Days({ items, open, toggle, show }: DaysProps) {
  const { t } = useTranslation("timeline");
  const { language, timezone } = useRegion();
  const today = dayOf(useNow(), timezone);
  const days = useMemo(() => groupByDay(items, timezone), [items, timezone]);
  const area = useRef<HTMLDivElement>(null);
  useSteps(area);
  return (
    <div ref={area}>
      {days.map(({ day, entries }) => (
        <section key={day} className={styles.day}>
          <h3 className={styles.date}>{day === today ? t("today", { day: dayLabel(day, language, today) }) : dayLabel(day, language, today)}</h3>
          <ul>
            {entries.map((entry) => (
              <FactLine key={entry.key} entry={entry} open={open.has(entry.key)} toggle={() => { toggle(entry.key); }} show={show} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
