import type { Named } from "@cove/api/types";

import styles from "./TagLine.module.css";

/** Tags on one line; the rest is told on hover. */
export function TagLine({ tags }: { tags: Named[] }) {
  return (
    <span className={styles.line} title={tags.map((tag) => tag.name).join("、")}>
      {tags.map((tag) => <span key={tag.id} className={styles.tag}>{tag.name}</span>)}
    </span>
  );
}
