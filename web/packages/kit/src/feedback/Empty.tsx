import type { ReactNode } from "react";

import styles from "./Empty.module.css";

export interface EmptyContent {
  title: string;
  /** What this is for, so that an empty page teaches. */
  text?: ReactNode;
  /** The one button that starts it. */
  action?: ReactNode;
}

export function Empty({ title, text, action }: EmptyContent) {
  return (
    <div className={styles.empty}>
      <svg width="120" height="56" viewBox="0 0 120 56" aria-hidden="true" className={styles.water}>
        <path d="M6 22c9-8 18-8 27 0s18 8 27 0 18-8 27 0 18 8 27 0" />
        <path d="M20 36c7-6 13-6 20 0s13 6 20 0 13-6 20 0 13 6 20 0" />
        <path d="M38 48c4-4 8-4 12 0s8 4 12 0 8-4 12 0 8 4 12 0" />
      </svg>
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
