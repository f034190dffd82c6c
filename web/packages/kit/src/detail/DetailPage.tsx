import type { ReactNode } from "react";

import styles from "./DetailPage.module.css";

interface DetailPageProps {
  /** Who or what it is. */
  left: ReactNode;
  /** What happened, or the work. */
  centre: ReactNode;
  /** What one does next. */
  right?: ReactNode;
}

export function DetailPage({ left, centre, right }: DetailPageProps) {
  return (
    <div className={`${styles.page} ${right ? styles.three : styles.two}`}>
      <div className={styles.column}>{left}</div>
      <div className={styles.column}>{centre}</div>
      {right && <div className={`${styles.column} ${styles.right}`}>{right}</div>}
    </div>
  );
}
