import { useEffect, type ReactNode } from "react";

import styles from "./PageShell.module.css";

interface PageShellProps {
  title: string;
  /** Beside the title, small: a count, a state. */
  aside?: ReactNode;
  /** One line under the title that says what this page is for. */
  lead?: ReactNode;
  actions?: ReactNode;
  width?: "full" | "wide" | "narrow";
  children: ReactNode;
}

/** The frame of every page: title left, what one may start right, the page under it. */
export function PageShell({ title, aside, lead, actions, width = "full", children }: PageShellProps) {
  useEffect(() => { document.title = `${title} · Cove`; }, [title]);
  return (
    <div className={`${styles.page} ${styles[width]}`}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h1 className={styles.title}>
            {title}
            {aside !== undefined && <span className={styles.aside}>{aside}</span>}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
