import { CopyText } from "@cove/kit/feedback/CopyText";

import styles from "./Lines.module.css";

interface PushAddressProps {
  label: string;
  url: string;
  copy: string;
}

/** An address to be entered at a platform. */
export function PushAddress({ label, url, copy }: PushAddressProps) {
  return (
    <div className={styles.address}>
      <span className={styles.text}>{label}</span>
      <span className={styles.url}><code>{url}</code><CopyText text={url} label={copy} /></span>
    </div>
  );
}
