import type { ReactNode } from "react";

import styles from "./Facts.module.css";

export interface FactRow {
  label: string;
  value: ReactNode;
}

/** Pairs of name and value; pairs without a value are left out. */
export function Facts({ rows }: { rows: FactRow[] }) {
  return (
    <dl className={styles.facts}>
      {rows.filter((row) => row.value !== null && row.value !== undefined && row.value !== "").map((row) => (
        <div key={row.label} className={styles.row}>
          <dt>{row.label}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
