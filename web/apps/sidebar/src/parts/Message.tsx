import { Mark } from "@cove/kit/brand/Mark";
import type { ReactNode } from "react";

import styles from "./Message.module.css";

interface MessageProps {
  title: string;
  text: string;
  /** What else there is to know, smaller. */
  more?: ReactNode;
  act?: { label: string; run: () => void; busy?: boolean };
}

/** The whole page has one thing to say, and at most one thing to do about it. */
export function Message({ title, text, more, act }: MessageProps) {
  return (
    <section className={styles.message} role="status">
      <Mark size={40} />
      <h1>{title}</h1>
      <p>{text}</p>
      {more && <p className={styles.more}>{more}</p>}
      {act && <button type="button" className="main" disabled={act.busy} onClick={act.run}>{act.label}</button>}
    </section>
  );
}
