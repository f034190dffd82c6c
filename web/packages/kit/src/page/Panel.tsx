import type { ReactNode } from "react";

import styles from "./Panel.module.css";

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  /** Content reaches the hairline, as tables do. */
  flush?: boolean;
  children: ReactNode;
}

/** A white card with a hairline and no shadow. */
export function Panel({ title, extra, flush = false, children }: PanelProps) {
  return (
    <section className={styles.panel}>
      {title !== undefined && (
        <header className={styles.header}>
          <h2 className={styles.title}>{title}</h2>
          {extra}
        </header>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
