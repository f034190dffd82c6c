import { Segmented } from "antd";
import { useState, type ReactNode } from "react";

import { useNarrow } from "../page/useNarrow";
import styles from "./DetailPage.module.css";

export interface DetailColumn {
  key: string;
  /** What the column is called where only one has room. */
  label: string;
  content: ReactNode;
}

interface DetailPageProps {
  /** Who or what it is. */
  left: DetailColumn;
  /** What happened, or the work. */
  centre: DetailColumn;
  /** What one does next. */
  right?: DetailColumn;
  /** The column that a phone shows first. */
  first: "left" | "centre";
}

/** Three columns side by side; on a phone one at a time. */
export function DetailPage({ left, centre, right, first }: DetailPageProps) {
  const narrow = useNarrow();
  const [chosen, choose] = useState(first === "left" ? left.key : centre.key);
  const columns = [left, centre, ...(right ? [right] : [])];
  if (narrow) {
    return (
      <div className={styles.narrow}>
        <Segmented block value={chosen} onChange={choose} options={columns.map((column) => ({ value: column.key, label: column.label }))} />
        <div className={styles.column}>{columns.find((column) => column.key === chosen)?.content}</div>
      </div>
    );
  }
  return (
    <div className={`${styles.page} ${right ? styles.three : styles.two}`}>
      <div className={styles.column}>{left.content}</div>
      <div className={styles.column}>{centre.content}</div>
      {right && <div className={`${styles.column} ${styles.right}`}>{right.content}</div>}
    </div>
  );
}
